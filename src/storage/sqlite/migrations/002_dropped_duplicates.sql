-- How many times a fact came to a subscriber again and was dropped by its id.
ALTER TABLE deliveries ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0;
