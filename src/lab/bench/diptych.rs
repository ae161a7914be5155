//! The works through diptych: the same handlers, pipeline and repositories that a playground uses, with nobody watching.

use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use futures_util::FutureExt;

use super::work::{SHORT, Script, Size, Step};
use crate::application::Shop;
use crate::application::commands::{
    AddOrderItem, ChangeItemQuantity, Command, ConfirmPayment, DeliverOrder, PlaceOrder, ShipOrder,
};
use crate::application::read_models::OrderSummary;
use crate::domain::{Money, Order, OrderId};
use crate::kernel::call::Circumstances;
use crate::kernel::{Failure, Id, Root, Stop};
use crate::storage::{Options, SqliteStore};
use crate::world::{Bus, Policy, Wiring, World, WorldKind};

/// A world over a file, whose commits hold nothing but what its commands write.
pub(super) fn world(file: &Path, options: Options, wiring: Wiring) -> Result<World, Failure> {
    Ok(opened(file, options, wiring, &measured()?, Bus::of(Vec::new()))?.without_progress())
}

/// A world as a playground has it: with the shop's subscribers, and the row that tells how far it has come.
pub(super) fn whole_world(file: &Path, options: Options, wiring: Wiring, policy: &Policy) -> Result<World, Failure> {
    opened(file, options, wiring, policy, Bus::of_the_shop())
}

fn opened(file: &Path, options: Options, wiring: Wiring, policy: &Policy, bus: Bus) -> Result<World, Failure> {
    let kind = if wiring == Wiring::STATE { WorldKind::State } else { WorldKind::Events };
    World::new(kind, wiring, Rc::new(policy.clone()), Rc::new(SqliteStore::open(file, options)?), bus)
}

/// The guide's policy, and versions checked in state tables as they are in streams.
fn measured() -> Result<Policy, Failure> {
    "guide,concurrency=version-check".parse().map_err(Failure::new)
}

/// W1 and W6: 20 commands an order, round robin. After each, what waits is delivered: nothing, unless the policy leaves it waiting.
pub(super) fn commands(world: &World, script: &Script, size: &Size) -> Result<Duration, Failure> {
    let mut orders: Vec<OrderId> = Vec::with_capacity(size.orders);
    let mut number = 0;
    let start = Instant::now();
    for index in 0..SHORT {
        for order in 0..size.orders {
            number += 1;
            let command = command(orders.get(order), script.step(order, index, SHORT));
            let of = circumstances(command.description().name, number);
            let reply = finish(world.dispatch(command, of))?;
            if let Some(error) = reply.result.error {
                return Err(Failure::new(format!("command {number}: {error}")));
            }
            if index == 0 {
                let id = reply.result.result.as_ref().and_then(|result| result["order_id"].as_str());
                orders.push(Id::new(id.unwrap_or_default()));
            }
            finish(world.deliver())??;
        }
    }
    Ok(start.elapsed())
}

pub(in crate::lab) fn command(order: Option<&OrderId>, step: Step<'_>) -> Command {
    let order_id = || order.cloned().unwrap_or_else(|| Id::new(""));
    match step {
        Step::Add { product, quantity, price } => {
            AddOrderItem { order_id: order.cloned(), product_id: Id::new(product), quantity, unit_price: price }.into()
        }
        Step::Change { product, quantity } => {
            ChangeItemQuantity { order_id: order_id(), product_id: Id::new(product), quantity }.into()
        }
        Step::Place { customer } => {
            PlaceOrder { order_id: order.cloned(), customer_id: Id::new(customer), items: None }.into()
        }
        Step::Pay { reference } => {
            ConfirmPayment { order_id: order_id(), payment_reference: reference.to_owned() }.into()
        }
        Step::Ship => ShipOrder { order_id: order_id() }.into(),
        Step::Deliver => DeliverOrder { order_id: order_id() }.into(),
    }
}

/// W2: whole lives of new orders, a save and so a commit each.
pub(super) fn lives(world: &World, script: &Script, orders: usize, events: usize) -> Result<Duration, Failure> {
    let start = Instant::now();
    for order in 0..orders {
        finish(live(world, script, order, events))?.map_err(stopped)?;
    }
    Ok(start.elapsed())
}

async fn live(world: &World, script: &Script, order: usize, events: usize) -> Result<Root<Order>, Stop> {
    let shop = world.open_shop(circumstances("Import", order as u64 + 1));
    let mut root = shop.orders.start();
    for index in 0..events {
        decide(&mut root, &shop, script.step(order, index, events)).await?;
    }
    shop.orders.save(&mut root).await?;
    Ok(root)
}

async fn decide(root: &mut Root<Order>, shop: &Shop, step: Step<'_>) -> Result<(), Stop> {
    let now = shop.now();
    root.decide(|order| match step {
        Step::Add { product, quantity, price } => order.add_item(Id::new(product), quantity, price, now),
        Step::Change { product, quantity } => order.change_item_quantity(&Id::new(product), quantity, now),
        Step::Place { customer } => order.place(Id::new(customer), None, now),
        Step::Pay { reference } => order.confirm_payment(reference, now),
        Step::Ship => order.ship(now),
        Step::Deliver => order.deliver(now),
    })
    .await?;
    Ok(())
}

/// What W3 reads: short orders and a long one; answers their ids, the long one's last.
pub(super) fn prepare_loads(world: &World, script: &Script, size: &Size) -> Result<Vec<String>, Failure> {
    let lives = (0..size.loads).map(|_| SHORT).chain([size.long]).enumerate();
    lives
        .map(|(order, events)| {
            let root = finish(live(world, script, order, events))?.map_err(stopped)?;
            Ok(root.id().to_string())
        })
        .collect()
}

/// W3: loads each order from its stream; answers the sum of their totals beside the time.
pub(super) fn loads(world: &World, orders: &[String]) -> Result<(Duration, Money), Failure> {
    let orders: Vec<OrderId> = orders.iter().map(Id::new).collect();
    let mut sum = Money::ZERO;
    let shop = world.open_shop(circumstances("Load", 1));
    let start = Instant::now();
    for id in &orders {
        let order = finish(shop.orders.load(id))?.map_err(stopped)?;
        sum = sum.plus(order.total_amount()).map_err(|refusal| stopped(refusal.into()))?;
    }
    Ok((start.elapsed(), sum))
}

/// W5: `order_summary` from the whole log.
pub(super) fn rebuild(world: &World) -> Result<(Duration, u64), Failure> {
    let start = Instant::now();
    let read = finish(world.catch_up(&OrderSummary))??;
    Ok((start.elapsed(), read))
}

pub(in crate::lab) fn circumstances(command: &str, number: u64) -> Circumstances<'_> {
    let now = Script::time(number);
    Circumstances { command, number, seed: 1, now, not_before: now, actor: "operator" }
}

/// Nobody holds these futures up: stores answer at once, and no one watches.
pub(in crate::lab) fn finish<T>(future: impl Future<Output = T>) -> Result<T, Failure> {
    future.now_or_never().ok_or_else(|| Failure::new("a command stopped half-way, though nobody holds it up"))
}

pub(in crate::lab) fn stopped(stop: Stop) -> Failure {
    match stop {
        Stop::Failed(failure) => failure,
        Stop::Refused(refusal) => Failure::new(refusal.to_string()),
    }
}
