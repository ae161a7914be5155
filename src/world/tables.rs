//! Everything that a world's store keeps beside the log: application and storage meet here.

use crate::application::read_models::tables::{
    NOTIFICATIONS, ORDER_LIST, ORDER_SUMMARY, ORDER_SUMMARY_CORRECTED, PRODUCT_CATALOG,
};
use crate::kernel::ledger::{CHECKPOINTS, DELIVERIES, OUTBOX, PROGRESS, SNAPSHOTS};
use crate::kernel::table::Table;
use crate::storage::tables::{CUSTOMERS, ORDERS, PRODUCTS, STOCK};

/// Every table, without those that hold the lines of another.
pub static TABLES: [&Table; 14] = [
    &PRODUCTS,
    &ORDERS,
    &CUSTOMERS,
    &STOCK,
    &OUTBOX,
    &DELIVERIES,
    &CHECKPOINTS,
    &PROGRESS,
    &SNAPSHOTS,
    &ORDER_SUMMARY,
    &ORDER_SUMMARY_CORRECTED,
    &ORDER_LIST,
    &PRODUCT_CATALOG,
    &NOTIFICATIONS,
];
