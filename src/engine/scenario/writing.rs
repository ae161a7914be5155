//! Writing a scenario: as the text of a file, and from what was put into a playground.

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::TimeDelta;
use serde_json::Value;

use super::names::{self, Reference};
use super::{Beside, Doing, Expect, Scenario, Scene, duration, fault};
use crate::application::commands::Command;
use crate::kernel::{Failure, Timestamp};
use crate::world::{CommandInput, Comparison, Directory, Input, Opening, Order, Part, Playground, Setting, Wiring};

impl Scenario {
    /// The text of a file that reads as this scenario.
    pub fn to_toml(&self) -> String {
        let mut text = String::new();
        line(&mut text, "title", Some(&self.title));
        if let Some(seed) = self.seed {
            let _ = writeln!(text, "seed = {seed}");
        }
        line(&mut text, "start", self.start.map(|start| start.to_string()).as_ref());
        line(&mut text, "clock_step", self.step.map(duration::show).as_ref());
        line(&mut text, "wiring", self.wiring.map(|wiring| wiring.to_string()).as_ref());
        line(&mut text, "policy", self.policy.as_ref().map(ToString::to_string).as_ref());
        for scene in &self.scenes {
            text.push_str("\n[[scene]]\n");
            scene.write(&mut text);
        }
        text
    }

    /// What was put into a playground, as a scenario that does the same again. Ids become names, and what was refused is expected to
    /// be refused.
    ///
    /// # Errors
    ///
    /// When the log of inputs cannot be read, or nothing was put in yet.
    pub fn of(playground: &Playground, title: &str) -> Result<Self, Failure> {
        let settings = playground.settings();
        let mut scenario = Self {
            title: title.to_owned(),
            seed: Some(settings.seed),
            start: Some(settings.start),
            step: Some(TimeDelta::milliseconds(settings.step_ms)),
            wiring: Some(settings.wiring.parse::<Wiring>().map_err(Failure::new)?),
            policy: None,
            scenes: Vec::new(),
        };
        let mut again = Again::start(&scenario)?;
        for input in playground.inputs()? {
            match input {
                Input::Set { set: Setting::Policy(policy) } => {
                    let policy: crate::world::Policy = policy.parse().map_err(Failure::new)?;
                    again.playground.set_policy(policy.clone())?;
                    if scenario.scenes.is_empty() {
                        scenario.policy = Some(policy);
                    } else {
                        scenario.scenes.push(Scene { set_policy: Some(policy), ..Scene::default() });
                    }
                }
                Input::Command(input) => {
                    let doing = again.doing(&input, &mut scenario.start)?;
                    scenario.scenes.push(Scene { doing: Some(doing), ..Scene::default() });
                }
                Input::Together { together, order } => {
                    let doing = again.together(&together, order, &mut scenario.start)?;
                    scenario.scenes.push(Scene { doing: Some(doing), ..Scene::default() });
                }
            }
        }
        if scenario.scenes.is_empty() {
            return Err(
                Failure::new("nothing was put in yet, so there is nothing to save").on(playground.directory().path())
            );
        }
        Ok(scenario)
    }
}

/// The same inputs once more, to see what came of each: results are not in the log.
struct Again {
    playground: Playground,
    /// Names by the id they stand for.
    names: BTreeMap<String, String>,
    last: Option<Timestamp>,
    step: TimeDelta,
}

impl Again {
    fn start(scenario: &Scenario) -> Result<Self, Failure> {
        let mut opening = Opening::of(Directory::ephemeral()?);
        opening.seed = scenario.seed;
        opening.start = scenario.start;
        opening.step = scenario.step;
        opening.wiring = scenario.wiring;
        let step = scenario.step.unwrap_or_default();
        Ok(Self { playground: Playground::open(opening)?, names: BTreeMap::new(), last: None, step })
    }

    fn doing(&mut self, input: &CommandInput, start: &mut Option<Timestamp>) -> Result<Doing, Failure> {
        let after = self.after(input, start);
        let Part { command, name, faults } = part(input)?;
        let comparison = self.playground.perform_with(command, after, name, faults)?;
        let mut doing = self.told(&comparison, true)?;
        doing.after = after.filter(|after| *after != self.step);
        Ok(doing)
    }

    fn together(
        &mut self,
        together: &[CommandInput],
        order: Order,
        start: &mut Option<Timestamp>,
    ) -> Result<Doing, Failure> {
        let [first, second] = together else { return Err(Failure::new("two commands at once are not two")) };
        let after = self.after(first, start);
        self.last = self.last.max(Some(second.over()));
        let comparisons = self.playground.perform_together([part(first)?, part(second)?], after, order.clone())?;
        let mut told =
            comparisons.iter().map(|comparison| self.told(comparison, false)).collect::<Result<Vec<_>, _>>()?;
        let (Some(other), Some(mut doing)) = (told.pop(), told.pop()) else {
            return Err(Failure::new("two commands at once did not both end"));
        };
        doing.after = after.filter(|after| *after != self.step);
        doing.beside = Some(Box::new(Beside { doing: other, order }));
        Ok(doing)
    }

    /// How much later than the last command this one happened.
    fn after(&mut self, input: &CommandInput, start: &mut Option<Timestamp>) -> Option<TimeDelta> {
        let after = match self.last {
            None => {
                *start = Some(input.at);
                None
            }
            // A machine's clock may have run backwards; a scenario's cannot.
            Some(last) => Some(TimeDelta::milliseconds((input.at.millis() - last.millis()).max(0))),
        };
        self.last = Some(input.over());
        after
    }

    /// A command as a scene has it, with what is expected of it where the worlds are `agreed` about that.
    fn told(&mut self, comparison: &Comparison, agreed: bool) -> Result<Doing, Failure> {
        let input = &comparison.input;
        let description = part(input)?.command.description();
        let mut with = input.with.clone();
        names::for_each_id(description, &mut with, |_, id| {
            *id = match self.names.get(id.as_str()) {
                Some(name) => format!("@{name}"),
                None => Reference::escape(id),
            };
            Ok::<(), Failure>(())
        })?;
        // Where something went wrong on purpose, nothing is expected.
        let spared = |world| !input.faults.iter().any(|fault| fault.hits(world));
        let replies = || comparison.worlds.iter().map(|one| (one.world, &one.reply.result));
        let refused = replies().find(|(world, result)| spared(*world) && !result.is_success());
        let expect = refused.map(|(_, result)| Expect {
            status: Some(result.status.0),
            error: result.error.as_ref().map(|error| self.with_names(error)),
        });
        let done = replies().find(|(_, result)| result.is_success());
        let name = description.creates.and_then(|field| {
            let id = done?.1.result.as_ref()?.get(field).and_then(Value::as_str)?;
            self.name(id, field, input.name.as_deref())
        });
        Ok(Doing {
            command: input.command.clone(),
            with,
            name,
            after: None,
            expect: expect.filter(|_| agreed),
            faults: input.faults.clone(),
            beside: None,
        })
    }

    /// A name for an id that has none: the one it had, or `product-1`.
    fn name(&mut self, id: &str, field: &str, had: Option<&str>) -> Option<String> {
        if self.names.contains_key(id) {
            return None;
        }
        let kind = field.trim_end_matches("_id");
        let taken = |name: &str| self.names.values().any(|other| other == name);
        let numbered = || (1..).map(|number| format!("{kind}-{number}")).find(|name| !taken(name));
        let name = had.filter(|had| !taken(had)).map(str::to_owned).or_else(numbered)?;
        self.names.insert(id.to_owned(), name.clone());
        Some(name)
    }

    fn with_names(&self, text: &str) -> String {
        let escaped = text.replace('@', "@@");
        self.names.iter().fold(escaped, |text, (id, name)| text.replace(id, &format!("@{name}")))
    }
}

fn part(input: &CommandInput) -> Result<Part, Failure> {
    let command = Command::read(&input.command, &input.with)
        .map_err(|error| Failure::new(format!("input {}: {error}", input.n)))?;
    Ok(Part { command, name: None, faults: input.faults.clone() })
}

impl Scene {
    fn write(&self, text: &mut String) {
        line(text, "say", self.say.as_ref());
        line(text, "ask", self.ask.as_ref());
        line(text, "reveal", self.reveal.as_ref());
        if let Some(policy) = &self.set_policy {
            let _ = writeln!(text, "set = {{ policy = {} }}", quoted(&policy.to_string()));
        }
        let Some(doing) = &self.doing else { return };
        for key in doing.keys() {
            let _ = writeln!(text, "{key}");
        }
        if let Some(Beside { doing, order }) = doing.beside.as_deref() {
            let mut keys = doing.keys();
            keys.push(format!("order = {}", quoted(&order.to_string())));
            let _ = writeln!(text, "beside = {{ {} }}", keys.join(", "));
        }
    }
}

impl Doing {
    /// Its keys with their values, as a file has them.
    fn keys(&self) -> Vec<String> {
        let text = |key: &str, value: Option<&String>| value.map(|value| format!("{key} = {}", quoted(value)));
        let expect = self.expect.as_ref().map(|expect| {
            let status = expect.status.map(|status| format!("status = {status}"));
            let error = expect.error.as_ref().map(|error| format!("error = {}", quoted(error)));
            let both: Vec<_> = status.into_iter().chain(error).collect();
            format!("expect = {{ {} }}", both.join(", "))
        });
        let with = format!("with = {}", inline(&Value::Object(self.with.clone())));
        [
            text("do", Some(&self.command)),
            text("as", self.name.as_ref()),
            text("after", self.after.map(duration::show).as_ref()),
            Some(with),
            expect,
            fault::written(&self.faults),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

fn line(text: &mut String, key: &str, value: Option<&String>) {
    if let Some(value) = value {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{key} = {}", quoted(value));
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A value on one line, as a command's fields are written.
fn inline(value: &Value) -> String {
    match value {
        Value::Object(fields) if fields.is_empty() => "{}".to_owned(),
        Value::Object(fields) => {
            let fields: Vec<_> = fields.iter().map(|(key, value)| format!("{key} = {}", inline(value))).collect();
            format!("{{ {} }}", fields.join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::scenario::{Player, library};

    #[test]
    fn every_shipped_scenario_reads_again_as_it_was_written() {
        for shipped in library::all() {
            let scenario = Scenario::parse(shipped.text, shipped.name).unwrap();
            assert_eq!(Scenario::parse(&scenario.to_toml(), "again").unwrap(), scenario, "{}", shipped.name);
        }
    }

    #[test]
    fn what_was_played_can_be_saved_and_does_the_same_again() {
        for shipped in library::all() {
            let mut first = playground(&Scenario::parse(shipped.text, shipped.name).unwrap());
            play(Scenario::parse(shipped.text, shipped.name).unwrap(), &mut first);
            let saved = Scenario::of(&first, "saved").unwrap();
            let saved = Scenario::parse(&saved.to_toml(), "saved").unwrap();
            let mut second = playground(&saved);
            play(saved, &mut second);
            for (one, other) in first.worlds().iter().zip(second.worlds()) {
                assert_eq!(first.final_rows(one).unwrap(), second.final_rows(other).unwrap(), "{}", shipped.name);
            }
        }
    }

    fn playground(scenario: &Scenario) -> Playground {
        let mut opening = Opening::of(Directory::ephemeral().unwrap());
        opening.seed = scenario.seed;
        opening.start = scenario.start;
        opening.step = scenario.step;
        opening.policy = scenario.policy.clone();
        Playground::open(opening).unwrap()
    }

    fn play(scenario: Scenario, playground: &mut Playground) {
        let mut player = Player::new(scenario);
        while let Some(played) = player.play_next(playground).unwrap() {
            assert_eq!(played.unmet, None, "scene {}", played.number);
        }
    }
}
