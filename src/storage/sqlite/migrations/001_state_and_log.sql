-- Amounts are exact decimal text; the column `…_value` beside one is the nearest number, to compare, order and average by.
-- Times are UTC in one form, so that text order is time order. Rows are in order of creation by rowid.

CREATE TABLE products (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  price TEXT NOT NULL,
  is_active INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at TEXT,
  updated_at TEXT NOT NULL,
  price_value REAL GENERATED ALWAYS AS (CAST(price AS REAL)) VIRTUAL
);

CREATE TABLE orders (
  id TEXT NOT NULL PRIMARY KEY,
  status TEXT NOT NULL,
  customer_id TEXT,
  total_amount TEXT NOT NULL,
  placed_at TEXT,
  payment_reference TEXT,
  paid_at TEXT,
  shipped_at TEXT,
  delivered_at TEXT,
  cancelled_at TEXT,
  cancellation_reason TEXT,
  version INTEGER NOT NULL,
  created_at TEXT,
  updated_at TEXT NOT NULL,
  total_amount_value REAL GENERATED ALWAYS AS (CAST(total_amount AS REAL)) VIRTUAL
);

CREATE TABLE order_items (
  order_id TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  line INTEGER NOT NULL,
  product_id TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  unit_price TEXT NOT NULL,
  line_total TEXT NOT NULL,
  unit_price_value REAL GENERATED ALWAYS AS (CAST(unit_price AS REAL)) VIRTUAL,
  line_total_value REAL GENERATED ALWAYS AS (CAST(line_total AS REAL)) VIRTUAL,
  PRIMARY KEY (order_id, line)
) WITHOUT ROWID;

CREATE TABLE customers (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  loyalty_tier TEXT NOT NULL,
  loyalty_points INTEGER NOT NULL,
  purchases INTEGER NOT NULL,
  total_spent TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at TEXT,
  updated_at TEXT NOT NULL,
  total_spent_value REAL GENERATED ALWAYS AS (CAST(total_spent AS REAL)) VIRTUAL
);

CREATE TABLE stock (
  product_id TEXT NOT NULL PRIMARY KEY,
  quantity INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at TEXT,
  updated_at TEXT NOT NULL
);

CREATE TABLE events (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id TEXT NOT NULL UNIQUE,
  stream_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  event_type TEXT NOT NULL,
  schema_version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  data TEXT NOT NULL,
  metadata TEXT NOT NULL,
  UNIQUE (stream_id, version)
);

-- The streams in order of their first event.
CREATE INDEX first_events ON events (position, stream_id) WHERE version = 1;

CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
BEGIN
  SELECT RAISE(ABORT, 'events are facts: they are appended and never changed');
END;

CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events
BEGIN
  SELECT RAISE(ABORT, 'events are facts: they are appended and never deleted');
END;

CREATE TABLE outbox (
  event_id TEXT NOT NULL PRIMARY KEY,
  stream TEXT NOT NULL,
  version INTEGER NOT NULL,
  event_type TEXT NOT NULL,
  schema_version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  data TEXT NOT NULL,
  metadata TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  last_error TEXT
);

CREATE TABLE deliveries (
  delivery TEXT NOT NULL PRIMARY KEY,
  subscriber TEXT NOT NULL,
  event_id TEXT NOT NULL,
  delivered_at TEXT NOT NULL
);

CREATE TABLE checkpoints (
  subscriber TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  event_id TEXT,
  updated_at TEXT
);

CREATE TABLE snapshots (
  snapshot TEXT NOT NULL PRIMARY KEY,
  stream TEXT NOT NULL,
  fold_version INTEGER NOT NULL,
  version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  state TEXT NOT NULL
);

CREATE INDEX snapshots_of_a_stream ON snapshots (stream, fold_version, version);

CREATE TABLE progress (
  name TEXT NOT NULL PRIMARY KEY,
  input INTEGER NOT NULL,
  overwritten INTEGER NOT NULL,
  facts INTEGER NOT NULL
);

CREATE TABLE order_summary (
  customer_id TEXT NOT NULL PRIMARY KEY,
  total_orders INTEGER NOT NULL,
  total_amount TEXT NOT NULL,
  total_amount_value REAL GENERATED ALWAYS AS (CAST(total_amount AS REAL)) VIRTUAL
);

CREATE TABLE order_summary_corrected (
  customer_id TEXT NOT NULL PRIMARY KEY,
  total_orders INTEGER NOT NULL,
  total_amount TEXT NOT NULL,
  total_amount_value REAL GENERATED ALWAYS AS (CAST(total_amount AS REAL)) VIRTUAL
);

CREATE TABLE order_list (
  order_id TEXT NOT NULL PRIMARY KEY,
  customer_id TEXT,
  status TEXT NOT NULL,
  items TEXT NOT NULL,
  total_amount TEXT NOT NULL,
  placed_at TEXT,
  total_amount_value REAL GENERATED ALWAYS AS (CAST(total_amount AS REAL)) VIRTUAL
);

CREATE TABLE product_catalog (
  product_id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  price TEXT NOT NULL,
  is_active INTEGER NOT NULL,
  price_value REAL GENERATED ALWAYS AS (CAST(price AS REAL)) VIRTUAL
);

CREATE TABLE notifications (
  event_id TEXT NOT NULL PRIMARY KEY,
  recipient TEXT NOT NULL,
  text TEXT NOT NULL,
  sent_at TEXT NOT NULL,
  times INTEGER NOT NULL
);
