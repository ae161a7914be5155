//! The tables of the read models: what each view keeps of the events it has read.

use crate::columns;
use crate::kernel::table::Table;

/// How many orders a customer has placed, and what they came to, as the guide counts them.
pub static ORDER_SUMMARY: Table = Table {
    name: "order_summary",
    row_name: "order summary",
    columns: columns![customer_id: Text, total_orders: Integer, total_amount: Money],
    version: None,
    lines: None,
};

/// The same, with cancelled orders taken out again.
pub static ORDER_SUMMARY_CORRECTED: Table = Table {
    name: "order_summary_corrected",
    row_name: "corrected order summary",
    columns: columns![customer_id: Text, total_orders: Integer, total_amount: Money],
    version: None,
    lines: None,
};

/// One line an order.
pub static ORDER_LIST: Table = Table {
    name: "order_list",
    row_name: "listed order",
    columns: columns![order_id: Text, customer_id: Text, status: Text, total_amount: Money, placed_at: Time],
    version: None,
    lines: None,
};

/// One line a product.
pub static PRODUCT_CATALOG: Table = Table {
    name: "product_catalog",
    row_name: "catalog entry",
    columns: columns![product_id: Text, name: Text, price: Money, is_active: Bool],
    version: None,
    lines: None,
};

/// What was sent to whom because of which event.
pub static NOTIFICATIONS: Table = Table {
    name: "notifications",
    row_name: "notification",
    columns: columns![event_id: Text, recipient: Text, text: Text, sent_at: Time],
    version: None,
    lines: None,
};
