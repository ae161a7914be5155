//! The worlds agree: any sequence of valid and invalid commands, under every policy and each of its parts alone, leaves the same
//! answers and the same state in all of them, and that state is the fold of the event world's log.

use std::collections::BTreeMap;

use diptych::application::commands::Command;
use diptych::application::queries::Query;
use diptych::domain::{Customer, Order, Product, StockItem};
use diptych::kernel::store::LogRange;
use diptych::kernel::{Aggregate, DomainEvent, Id};
use diptych::world::{Directory, Opening, Playground, Policy, WorldKind};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// A command with small numbers where ids will be: which of the ids known so far is meant.
#[derive(Debug, Clone)]
struct Draft {
    name: &'static str,
    who: [usize; 3],
    amount: i64,
    text: String,
}

/// Amounts around the borders that rules have: zero, negative, enough, too much, far too much.
fn amount() -> impl Strategy<Value = i64> {
    prop_oneof![4 => 1..9_i64, 1 => Just(0), 1 => Just(-3), 1 => Just(600), 1 => Just(i64::MAX)]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z]{1,6}",
        1 => Just(String::new()),
        1 => Just("  ".to_owned()),
        1 => Just("a@b.example".to_owned()),
        1 => Just("gold".to_owned()),
        1 => Just("\u{1b}[31mred \u{4f60}\u{597d} e\u{301}".to_owned()),
        1 => Just("x".repeat(1_001)),
    ]
}

fn draft() -> impl Strategy<Value = Draft> {
    let names: Vec<_> = Command::ALL.iter().map(|description| description.name).collect();
    // Products, stock and orders more often than their share, so that later commands find something to work on.
    let names: Vec<_> =
        ["CreateProduct", "ReceiveStock", "RegisterCustomer", "PlaceOrder", "PlaceOrder", "ProcessOrder"]
            .into_iter()
            .chain(names)
            .collect();
    let who = prop::array::uniform3(0..5_usize);
    (prop::sample::select(names), who, amount(), text()).prop_map(|(name, who, amount, text)| Draft {
        name,
        who,
        amount,
        text,
    })
}

/// The ids that the commands so far have begun.
#[derive(Default)]
struct Known {
    products: Vec<String>,
    orders: Vec<String>,
    customers: Vec<String>,
}

impl Known {
    fn pick(ids: &[String], which: usize) -> String {
        // Now and then one that does not exist.
        if which == 4 { "nobody".to_owned() } else { ids.get(which % ids.len().max(1)).cloned().unwrap_or_default() }
    }

    fn take_in(&mut self, result: &Value) {
        let keep = |ids: &mut Vec<String>, field: &str| {
            if let Some(id) = result.get(field).and_then(Value::as_str)
                && !ids.iter().any(|known| known == id)
            {
                ids.push(id.to_owned());
            }
        };
        keep(&mut self.products, "product_id");
        keep(&mut self.orders, "order_id");
        keep(&mut self.customers, "customer_id");
    }

    fn command(&self, draft: &Draft) -> Command {
        let [product, order, customer] = [
            Self::pick(&self.products, draft.who[0]),
            Self::pick(&self.orders, draft.who[1]),
            Self::pick(&self.customers, draft.who[2]),
        ];
        let price = format!("{}.{:02}", draft.amount.clamp(-9, 999), draft.who[0]);
        let line = json!({ "product_id": product, "quantity": draft.amount, "unit_price": price });
        let description = Command::ALL.iter().find(|description| description.name == draft.name).unwrap();
        let mut given = Map::new();
        for field in description.fields {
            let value = match field.name {
                "product_id" => json!(product),
                "order_id" if field.required || draft.who[1].is_multiple_of(2) => json!(order),
                "customer_id" => json!(customer),
                "quantity" | "earned_points" => json!(draft.amount),
                "price" | "new_price" | "unit_price" => json!(price),
                "items" if draft.who[2] == 0 => continue,
                "items" if draft.who[2] == 1 => json!([]),
                "items" => json!([line, line]),
                "order_id" => continue,
                "email" if draft.who[0] > 1 => json!("someone@shop.example"),
                "new_tier" if draft.who[0] > 1 => json!("silver"),
                _ => json!(draft.text),
            };
            given.insert(field.name.to_owned(), value);
        }
        Command::read(draft.name, &given).unwrap()
    }
}

fn plays_in_agreement(policies: &[Policy], drafts: &[Draft]) -> Result<(), TestCaseError> {
    let mut playground = Playground::open(Opening::of(Directory::ephemeral().unwrap())).unwrap();
    let mut known = Known::default();
    for (index, draft) in drafts.iter().enumerate() {
        // Policies change on the way when there are several.
        playground.set_policy(policies[index * policies.len() / drafts.len()].clone()).unwrap();
        let command = known.command(draft);
        prop_assert_eq!(&Command::read(draft.name, &command.fields()).unwrap(), &command, "as the log reads it again");
        let comparison = playground.perform(command, None, None).unwrap();
        prop_assert_eq!(&comparison.difference, &None, "after {:?}", comparison.input);
        for one in &comparison.worlds {
            prop_assert!(one.undelivered.is_none());
            prop_assert_ne!(one.reply.result.status.0, 500, "{:?}", one.reply.result.error);
        }
        if let Some(result) = &comparison.worlds[0].reply.result.result {
            known.take_in(result);
        }
    }
    prop_assert_eq!(playground.compare().unwrap(), None);
    answer_alike(&playground, &known)?;
    is_the_fold_of_the_log(&playground)
}

/// Every query has the same answer in every world: from tables, from read models, from a stream.
fn answer_alike(playground: &Playground, known: &Known) -> Result<(), TestCaseError> {
    let mut questions = vec![
        ("ActiveProductsUnder", json!({ "price": "7.02" })),
        ("AveragePrice", json!({})),
        ("OrderSummary", json!({})),
    ];
    questions.extend(known.orders.iter().map(|order| ("OneOrder", json!({ "order_id": order }))));
    questions.extend(known.customers.iter().map(|customer| ("OrdersOfCustomer", json!({ "customer_id": customer }))));
    for (name, given) in questions {
        let query = Query::read(name, given.as_object().unwrap()).unwrap();
        let replies = playground.ask(&query).unwrap();
        for reply in &replies[1..] {
            prop_assert_eq!(&reply.answer.rows, &replies[0].answer.rows, "{} in {:?}", name, reply.world);
        }
    }
    Ok(())
}

/// Folds the whole log with nothing but the domain, and compares with what the state world has in its tables.
fn is_the_fold_of_the_log(playground: &Playground) -> Result<(), TestCaseError> {
    let mut folded = BTreeMap::new();
    fold::<Product>(playground, "products", &mut folded);
    fold::<Order>(playground, "orders", &mut folded);
    fold::<Customer>(playground, "customers", &mut folded);
    fold::<StockItem>(playground, "stock", &mut folded);
    let state = playground.final_rows(playground.world(WorldKind::State).unwrap()).unwrap();
    prop_assert_eq!(json!(folded), state);
    Ok(())
}

fn fold<A: Aggregate>(playground: &Playground, table: &'static str, folded: &mut BTreeMap<&'static str, Vec<Value>>) {
    let mut roots: Vec<(String, A)> = Vec::new();
    let events = playground.world(WorldKind::Events).unwrap();
    let mut each = |kept: diptych::kernel::event::Kept<'_>| {
        if let Some(id) = kept.stream.strip_prefix(&format!("{}-", A::NAME)) {
            let event = A::Event::from_json(kept.event_type, kept.data).unwrap().unwrap();
            if !roots.iter().any(|(known, _)| known == id) {
                roots.push((id.to_owned(), A::new(Id::new(id))));
            }
            roots.iter_mut().find(|(known, _)| known == id).unwrap().1.apply(&event);
        }
        Ok(())
    };
    events.store().log(LogRange::after(Default::default(), usize::MAX), &mut each).unwrap();
    let rows = roots.iter().map(|(_, root)| {
        let mut row = serde_json::to_value(root).unwrap();
        row.as_object_mut().unwrap().remove("created_at");
        row
    });
    folded.insert(table, rows.collect());
}

fn policy(text: &str) -> Policy {
    text.parse().unwrap()
}

macro_rules! agree_under {
    ($($name:ident: $($policy:literal),+;)+) => {
        proptest! {
            #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]
            $(
                #[test]
                fn $name(drafts in prop::collection::vec(draft(), 1..40)) {
                    plays_in_agreement(&[$(policy($policy)),+], &drafts)?;
                }
            )+
        }
    };
}

agree_under! {
    agree_under_the_guide: "guide";
    agree_under_the_unit_of_work: "unit-of-work";
    agree_when_mended: "mended";
    agree_with_a_transaction_per_command: "guide,transaction=per-command";
    agree_with_an_outbox_alone: "guide,publishing=outbox";
    agree_with_dispatch_before_the_commit_alone: "guide,publishing=before-commit";
    agree_with_a_version_check_alone: "guide,concurrency=version-check";
    agree_with_unchanged_rows_skipped_alone: "guide,unchanged=skip";
    agree_with_snapshots_alone: "guide,snapshots=2";
    agree_with_logging_outermost_alone: "guide,pipeline=logging+validation";
    agree_while_the_policy_changes: "guide", "mended", "unit-of-work", "mended", "guide";
}
