//! The two persistences over a store: what was saved is recalled, field for field, and alike by both.

use diptych::domain::customer::Tier;
use diptych::domain::order::{OrderLine, OrderStatus};
use diptych::domain::{Customer, Order, Product, StockItem};
use diptych::kernel::call::Circumstances;
use diptych::kernel::changes::Changes;
use diptych::kernel::store::{Select, Store};
use diptych::kernel::table::Value;
use diptych::kernel::{
    Aggregate, Call, Expected, Id, Persistence, Probe, Root, Rule, Status, Stop, Timestamp, Version,
};
use diptych::storage::tables::PRODUCTS;
use diptych::storage::{Concurrency, EventSourcing, StatePersistence, Tabular, Unchanged};
use futures_util::FutureExt;

use crate::support::{append, conflict};

const STATE: StatePersistence =
    StatePersistence { concurrency: Concurrency::VersionCheck, unchanged: Unchanged::Write };

fn at(minute: i64) -> Timestamp {
    Timestamp::start().plus(chrono::TimeDelta::minutes(minute)).unwrap()
}

/// One aggregate, remembered both ways; each save is recalled again from the store.
struct Both<'a, A: Aggregate> {
    store: &'a dyn Store,
    id: Id<A>,
}

impl<'a, A: Tabular> Both<'a, A> {
    fn of(store: &'a dyn Store, id: &str) -> Self {
        Self { store, id: Id::new(id) }
    }

    fn recall(&self, persistence: &dyn Persistence<A>) -> Root<A> {
        match persistence.recall(self.store, &self.id).unwrap() {
            Some(recalled) => Root::recalled(self.id.clone(), recalled, Probe::none()),
            None => Root::start(self.id.clone(), Probe::none()),
        }
    }

    /// Loads, decides and saves under each persistence, and compares what either recalls with the state that was saved.
    fn save(&self, rule: impl Fn(&A) -> Rule<A::Event>) -> A {
        let call = call(self.store.head().unwrap().0);
        let persistences: [&dyn Persistence<A>; 2] = [&STATE, &EventSourcing::WITHOUT_SNAPSHOTS];
        let [state, events] = persistences.map(|persistence| {
            let mut root = self.recall(persistence);
            decide(&mut root, &rule);
            let facts = call.seal(&root).unwrap();
            self.store.commit(&persistence.changes(&root, &facts, call.recorded_at())).unwrap();
            let recalled = self.recall(persistence);
            assert_eq!(recalled.state(), root.state());
            assert_eq!(recalled.version(), root.version().after(facts.len()));
            recalled
        });
        assert_eq!(state.state(), events.state());
        assert_eq!(state.version(), events.version());
        events.state().clone()
    }
}

fn call(number: u64) -> Call {
    let (now, not_before) = (at(0), at(0));
    Call::new(Circumstances { command: "Test", number, seed: 1, now, not_before, actor: "test" })
}

fn decide<A: Aggregate>(root: &mut Root<A>, rule: impl Fn(&A) -> Rule<A::Event>) {
    root.decide(rule).now_or_never().expect("nobody holds it up").expect("the rule has no objection");
}

pub fn both_recall_an_order_through_its_whole_life(store: &dyn Store) {
    let order = Both::<Order>::of(store, "1");
    order.save(|order| order.add_item(Id::new("laptop"), 2, "999.990000".parse().unwrap(), at(1)));
    order.save(|order| order.add_item(Id::new("mouse"), 1, "29.99".parse().unwrap(), at(2)));
    let items = || {
        let line = |product: &str, quantity, price: &str| OrderLine {
            product_id: Id::new(product),
            quantity,
            unit_price: price.parse().unwrap(),
        };
        vec![line("mouse", 3, "19.5"), line("mouse", 1, "999999999999999.123456"), line("bag", 7, "0.000001")]
    };
    order.save(|order| order.place(Id::new("anna"), Some(items()), at(3)));
    order.save(|order| order.confirm_payment("PAY-1", at(4)));
    order.save(|order| order.ship(at(5)));
    let delivered = order.save(|order| order.deliver(at(6)));
    assert_eq!(
        delivered,
        Order {
            id: Id::new("1"),
            status: OrderStatus::Delivered,
            customer_id: Some(Id::new("anna")),
            items: items(),
            placed_at: Some(at(3)),
            payment_reference: Some("PAY-1".to_owned()),
            paid_at: Some(at(4)),
            shipped_at: Some(at(5)),
            delivered_at: Some(at(6)),
            cancelled_at: None,
            cancellation_reason: None,
            created_at: Some(at(1)),
        }
    );
    let said: [String; 2] = [&STATE as &dyn Persistence<Order>, &EventSourcing::WITHOUT_SNAPSHOTS]
        .map(|way| way.recalling(way.recall(store, &Id::new("1")).unwrap().as_ref()));
    assert_eq!(said, ["orders 1 row", "6 events folded"]);
}

pub fn both_recall_a_draft_with_changed_lines_and_its_cancelling(store: &dyn Store) {
    let order = Both::<Order>::of(store, "1");
    order.save(|order| order.add_item(Id::new("laptop"), 2, "999.99".parse().unwrap(), at(1)));
    order.save(|order| order.change_item_quantity(&Id::new("laptop"), 5, at(2)));
    let cancelled = order.save(|order| order.cancel("too dear", at(3)));
    assert_eq!((cancelled.status, cancelled.items[0].quantity), (OrderStatus::Cancelled, 5));
    assert_eq!(cancelled.cancelled_at, Some(at(3)));
    assert_eq!(cancelled.cancellation_reason.as_deref(), Some("too dear"));
    assert_eq!(cancelled.customer_id, None);
}

pub fn both_recall_products_customers_and_stock(store: &dyn Store) {
    let product = Both::<Product>::of(store, "laptop");
    product.save(|product| product.create("Laptop".to_owned(), "999.990".parse().unwrap(), at(1)));
    product.save(|product| product.update_price("899.99".parse().unwrap(), at(2)));
    let product = product.save(|product| product.deactivate(at(3)));
    assert_eq!((product.price, product.is_active), ("899.99".parse().unwrap(), false));
    assert_eq!((product.name.as_str(), product.created_at), ("Laptop", Some(at(1))));

    let customer = Both::<Customer>::of(store, "anna");
    customer.save(|customer| customer.register("Anna".to_owned(), "anna@example.org".to_owned(), at(1)));
    customer.save(|customer| customer.upgrade_loyalty("gold", 2_500));
    customer.save(|customer| customer.record_purchase(&Id::new("1"), "120.50".parse().unwrap(), at(2)));
    let customer =
        customer.save(|customer| customer.update_profile("Anna B".to_owned(), "b@example.org".to_owned(), at(3)));
    assert_eq!((customer.loyalty_tier, customer.loyalty_points, customer.purchases), (Tier::Gold, 2_500, 1));
    assert_eq!((customer.name.as_str(), customer.email.as_str()), ("Anna B", "b@example.org"));
    assert_eq!((customer.total_spent, customer.created_at), ("120.50".parse().unwrap(), Some(at(1))));

    let stock = Both::<StockItem>::of(store, "laptop");
    stock.save(|stock| stock.receive(10, at(1)));
    let stock = stock.save(|stock| stock.reduce(3, at(2)));
    assert_eq!((stock.product_id.as_str(), stock.quantity, stock.created_at), ("laptop", 7, Some(at(1))));
}

pub fn what_was_never_saved_is_recalled_as_nothing(store: &dyn Store) {
    let id = Id::<Product>::new("none");
    let persistences: [&dyn Persistence<Product>; 2] = [&STATE, &EventSourcing::WITHOUT_SNAPSHOTS];
    for (persistence, words) in persistences.into_iter().zip(["no row", "no events"]) {
        assert_eq!(persistence.recall(store, &id), Ok(None));
        assert_eq!(persistence.recalling(None), words);
        let root = Root::start(id.clone(), Probe::none());
        assert_eq!(persistence.changes(&root, &[], at(1)), Changes::default(), "nothing ever happened to it");
    }
}

pub fn a_save_without_a_fact_writes_or_skips(store: &dyn Store) {
    let product = Both::<Product>::of(store, "laptop");
    product.save(|product| product.create("Laptop".to_owned(), "5".parse().unwrap(), at(1)));
    let skipping = StatePersistence { unchanged: Unchanged::Skip, ..STATE };
    let root = product.recall(&STATE);
    assert!(Persistence::<Product>::changes(&skipping, &root, &[], at(9)).is_empty());
    assert!(Persistence::<Product>::changes(&EventSourcing::WITHOUT_SNAPSHOTS, &root, &[], at(9)).is_empty());

    store.commit(&STATE.changes(&root, &[], at(9))).unwrap();
    let row = store.row(&PRODUCTS, "laptop").unwrap().unwrap();
    assert_eq!((row.integer(4), row.text(6)), (1, at(9).column().as_str()));
}

pub fn a_version_check_catches_the_stale_root_and_last_write_wins_does_not(store: &dyn Store) {
    let product = Both::<Product>::of(store, "laptop");
    product.save(|product| product.create("Laptop".to_owned(), "5".parse().unwrap(), at(1)));
    let repriced = |way: &StatePersistence, root: &Root<Product>, price: &str| {
        let mut root = root.clone();
        decide(&mut root, |product| product.update_price(price.parse().unwrap(), at(2)));
        let facts = call(7).seal(&root).unwrap();
        way.changes(&root, &facts, at(2))
    };
    let stale = product.recall(&STATE);
    store.commit(&repriced(&STATE, &stale, "6")).unwrap();
    let refused = conflict(store, &repriced(&STATE, &stale, "7"));
    assert_eq!((refused.expected, refused.actual), (Expected::Exactly(Version(1)), Version(2)));
    assert!(matches!(Stop::from(refused), Stop::Refused(refusal) if refusal.status == Status::CONFLICT));

    let careless = StatePersistence { concurrency: Concurrency::LastWriteWins, ..STATE };
    store.commit(&repriced(&careless, &stale, "8")).unwrap();
    let row = store.row(&PRODUCTS, "laptop").unwrap().unwrap();
    assert_eq!((row.text(2), row.integer(4)), ("8", 2), "two writes, one of which is lost, version and all");

    let mut new = Root::start(Id::<Product>::new("laptop"), Probe::none());
    decide(&mut new, |product| product.create("Again".to_owned(), "1".parse().unwrap(), at(3)));
    let facts = call(8).seal(&new).unwrap();
    assert_eq!(conflict(store, &STATE.changes(&new, &facts, at(3))).expected, Expected::NoStream);
}

fn recalled_after(store: &dyn Store, change: impl FnOnce(&mut diptych::kernel::Fact)) -> String {
    let product = Both::<Product>::of(store, "laptop");
    product.save(|product| product.create("Laptop".to_owned(), "5".parse().unwrap(), at(1)));
    let mut changes = append("product-laptop", Expected::Exists, &["odd"]);
    change(&mut changes.appends[0].facts[0]);
    store.commit(&changes).unwrap();
    let recalled = Persistence::<Product>::recall(&EventSourcing::WITHOUT_SNAPSHOTS, store, &Id::new("laptop"));
    recalled.unwrap_err().to_string()
}

pub fn an_unknown_event_is_named(store: &dyn Store) {
    let says = recalled_after(store, |fact| fact.event_type = "ProductPaintedEvent".into());
    assert!(says.contains("event 2 of product-laptop, position 2: ProductPaintedEvent is no event"), "{says}");
}

pub fn an_unreadable_event_is_named(store: &dyn Store) {
    let says = recalled_after(store, |fact| {
        fact.event_type = "ProductPriceUpdatedEvent".into();
        fact.data = "{\"product_id\":".to_owned();
    });
    assert!(says.contains("event 2 of product-laptop, position 2: its data cannot be read: EOF"), "{says}");
}

pub fn an_event_of_a_newer_shape_is_named(store: &dyn Store) {
    let says = recalled_after(store, |fact| fact.schema_version = 9);
    assert!(says.contains("event 2 of product-laptop, position 2: a newer diptych wrote it"), "{says}");
}

pub fn an_unreadable_cell_is_named(store: &dyn Store) {
    let product = Both::<Product>::of(store, "laptop");
    product.save(|product| product.create("Laptop".to_owned(), "5".parse().unwrap(), at(1)));
    let mut row = store.select(&Select::all(&PRODUCTS)).unwrap().remove(0);
    row.cells[2] = Value::from("cheap");
    let mut changes = Changes::default();
    changes.put(&PRODUCTS, row);
    store.commit(&changes).unwrap();
    let says = Persistence::<Product>::recall(&STATE, store, &Id::new("laptop")).unwrap_err().to_string();
    assert!(says.contains("products `laptop`: column price should hold an amount and holds `cheap`"), "{says}");
}
