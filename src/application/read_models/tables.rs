//! The tables that subscribers keep.

use crate::columns;
use crate::kernel::table::Table;

/// Orders and amounts per customer, as the guide writes it.
pub static ORDER_SUMMARY: Table = Table {
    name: "order_summary",
    row_name: "order summary",
    columns: columns![customer_id: Text, total_orders: Integer, total_amount: Money],
    version: None,
    lines: None,
};

/// Orders and amounts per customer, without cancelled orders.
pub static ORDER_SUMMARY_CORRECTED: Table = Table {
    name: "order_summary_corrected",
    row_name: "corrected order summary",
    columns: columns![customer_id: Text, total_orders: Integer, total_amount: Money],
    version: None,
    lines: None,
};

/// The orders, for the question which of them a customer has.
pub static ORDER_LIST: Table = Table {
    name: "order_list",
    row_name: "listed order",
    columns: columns![
        order_id: Text,
        customer_id: Text,
        status: Text,
        items: Text,
        total_amount: Money,
        placed_at: Time,
    ],
    version: None,
    lines: None,
};

/// The products, for search.
pub static PRODUCT_CATALOG: Table = Table {
    name: "product_catalog",
    row_name: "catalog entry",
    columns: columns![product_id: Text, name: Text, price: Money, is_active: Bool],
    version: None,
    lines: None,
};

/// What was sent to whom, and how many times.
pub static NOTIFICATIONS: Table = Table {
    name: "notifications",
    row_name: "notification",
    columns: columns![event_id: Text, recipient: Text, text: Text, sent_at: Time, times: Integer],
    version: None,
    lines: None,
};
