//! What a message changes, and what it wants done outside. No I/O here.

use ratatui::layout::Size;

use super::action::Action;
use super::effect::{Effect, Effects};
use super::hit::Target;
use super::key::Key;
use super::layers::{
    Answers, Confirm, FIELD_MOST, FailureBox, Form, Layer, LineFor, Outcome, Palette, Pick, Picker, Prompt, Purpose,
};
use super::measuring::Told;
use super::model::{Model, News, Standing};
use super::playing::{Next, Playing};
use super::saving;
use super::shell;
use super::tab::{self, Tab};
use super::text;
use crate::application::fields::Description;
use crate::application::queries::Query;
use crate::engine::scenario::Played;
use crate::engine::{Request, Save, Steps, Update};
use crate::kernel::Failure;
use crate::world::{Comparison, Policy};

/// Something that happened: a person did it, or the engine said it.
#[derive(Debug)]
pub enum Msg {
    /// An action was asked for.
    Act(Action),
    /// A key for the text that is being typed.
    Edit(Key),
    /// Text was pasted.
    Paste(String),
    /// Something was clicked.
    Click(Target),
    /// The wheel was turned over something, up (negative) or down.
    Wheel(Target, i64),
    /// The window has another size.
    Resized {
        /// In cells.
        width: u16,
        /// In cells.
        height: u16,
    },
    /// The mouse was moved with its button down, after a border was taken.
    Drag {
        /// Where to.
        column: u16,
        /// Where to.
        row: u16,
    },
    /// The border was let go.
    Drop,
    /// What was wanted outside did not work.
    Failed(String),
    /// A measurement said something.
    Measuring(Told),
    /// The engine said something.
    Engine(Update),
}

/// Takes a message in.
pub fn update(model: &mut Model, msg: Msg) -> Effects {
    // Whatever a newcomer does, the welcome goes, and what was pressed does what it always does.
    model.welcome &= matches!(msg, Msg::Resized { .. } | Msg::Engine(_) | Msg::Measuring(_) | Msg::Wheel(..));
    let mut effects = match msg {
        Msg::Act(action) => act(model, action),
        Msg::Edit(key) => with_top(model, |layer| layer.edit(key)),
        Msg::Paste(text) => paste(model, &text),
        Msg::Drag { column, row } => {
            if let (Some(border), Some(areas)) = (model.dragged, model.areas()) {
                model.shares.drag(border, &areas, column, row);
            }
            Effects::new()
        }
        Msg::Drop => {
            model.dragged = None;
            Effects::new()
        }
        Msg::Failed(what) => {
            model.say(News::Failed, what);
            Effects::new()
        }
        Msg::Click(target) => click(model, &target),
        Msg::Wheel(target, by) => {
            match model.layers.last_mut() {
                Some(layer) => layer.wheel(by),
                None => tab::wheel(model, &target, by),
            }
            follow_along(model);
            Effects::new()
        }
        Msg::Resized { width, height } => {
            model.size = Size { width, height };
            Effects::new()
        }
        Msg::Measuring(told) => {
            measuring(model, told);
            Effects::new()
        }
        Msg::Engine(update) => engine(model, update),
    };
    for layer in &mut model.layers {
        effects.extend(layer.wants().into_iter().map(Effect::Ask));
    }
    model.settle(&mut effects);
    effects
}

fn with_top(model: &mut Model, edit: impl FnOnce(&mut Layer)) -> Effects {
    if let Some(layer) = model.layers.last_mut() {
        edit(layer);
    }
    follow_along(model);
    Effects::new()
}

/// The pane whose filter is typed follows each letter; the trace follows the source that is read.
fn follow_along(model: &mut Model) {
    if let Some(Layer::Source(source)) = model.layers.last() {
        model.explore.trace.selected = source.at();
    }
    if let Some((side, text)) = model.filter().map(|filter| (filter.side(), filter.text())) {
        model.explore.filter(side, &text);
    }
}

fn act(model: &mut Model, action: Action) -> Effects {
    model.news.seen();
    if let Err(reason) = action.enabled(model) {
        model.say(News::Said, reason.to_owned());
        return Effects::new();
    }
    match action {
        Action::Leave => return vec![Effect::Leave(None)],
        Action::Suspend => return vec![Effect::Suspend],
        _ => {}
    }
    if let Some(layer) = model.layers.last_mut() {
        let outcome = layer.act(action);
        follow_along(model);
        return follow(model, outcome);
    }
    match action {
        Action::Quit => return vec![Effect::Leave(None)],
        Action::ToExplore => model.tab = Tab::Explore,
        Action::ToSteps => model.tab = Tab::Steps,
        Action::ToCrashes => model.tab = Tab::Crashes,
        Action::Step if model.tab != Tab::Steps || !model.steps.held => return step_mode(model),
        Action::BreakWhen => model.layers.push(Layer::Prompt(Prompt::new(LineFor::Breakpoint, "step=committed"))),
        Action::ToDecide => model.tab = Tab::Decide,
        Action::Help => model.layers.push(Layer::help(model)),
        Action::Palette => model.layers.push(Layer::Palette(Palette::of(model))),
        Action::Theme | Action::Mouse | Action::Copy | Action::Reset => return shell::act(model, action),
        Action::Wider | Action::Narrower | Action::Taller | Action::Lower => return shell::act(model, action),
        Action::Rewind => return vec![Effect::Ask(Request::Rewind(Steps::Last(1)))],
        Action::Redo => return vec![Effect::Ask(Request::Redo)],
        Action::Commands => model.layers.push(Layer::Picker(Picker::commands())),
        Action::Ask => model.layers.push(Layer::Picker(Picker::queries())),
        Action::OpenScenario => model.layers.push(Layer::Picker(Picker::scenarios())),
        Action::SaveScenario | Action::Export | Action::Picture => saving::ask(model, action),
        Action::PlayAll => return play_all(model),
        Action::NextScene => return next_scene(model),
        Action::Mend => {
            let policy = if model.as_written() { Policy::mended() } else { Policy::guide() };
            return vec![Effect::Ask(Request::SetPolicy(policy))];
        }
        action => return tab::act(model, action),
    }
    Effects::new()
}

fn click(model: &mut Model, target: &Target) -> Effects {
    model.news.seen();
    match model.layers.last_mut() {
        Some(layer) => {
            let outcome = layer.click(target);
            follow(model, outcome)
        }
        None => {
            if let Target::Border(border) = target {
                model.dragged = Some(*border);
            }
            tab::click(model, target)
        }
    }
}

fn paste(model: &mut Model, text: &str) -> Effects {
    let whole = model.layers.last_mut().is_none_or(|layer| layer.paste(text));
    if !whole {
        let most = text::grouped(FIELD_MOST as u64);
        model.say(News::Said, format!("the pasted text was cut: a field takes {most} letters"));
    }
    Effects::new()
}

fn follow(model: &mut Model, outcome: Outcome) -> Effects {
    match outcome {
        Outcome::Stay => Effects::new(),
        Outcome::Close => {
            model.layers.pop();
            Effects::new()
        }
        Outcome::Act(action) => {
            model.layers.pop();
            act(model, action)
        }
        Outcome::Request(request) => {
            model.layers.pop();
            vec![Effect::Ask(*request)]
        }
        Outcome::Copy(text) => shell::copy(model, text),
        Outcome::Picked(pick) => {
            model.layers.pop();
            match pick {
                Pick::Command(description) => fill_in(model, Purpose::Command, description),
                Pick::Query(description) if description.fields.is_empty() => {
                    let query = Query::read(description.name, &serde_json::Map::new());
                    return query.map(|query| Effect::Ask(Request::Ask(Box::new(query)))).into_iter().collect();
                }
                Pick::Query(description) => fill_in(model, Purpose::Query, description),
                Pick::Scenario(name) => return vec![Effect::Ask(Request::ReadScenario(name.into()))],
                Pick::ScenarioFile => model.layers.push(Layer::Prompt(Prompt::new(LineFor::Opening, ""))),
            }
            Effects::new()
        }
        Outcome::Perform(command) => {
            remember(model);
            vec![Effect::Ask(match model.tab {
                Tab::Steps => Request::Begin { command, faults: Vec::new() },
                _ => Request::Perform(command),
            })]
        }
        Outcome::Ask(query) => {
            remember(model);
            vec![Effect::Ask(Request::Ask(query))]
        }
        // What is no breakpoint is said, and can be put right where it stands.
        Outcome::Typed(LineFor::Breakpoint, line) => match model.steps.typed(&line) {
            Ok(request) => {
                model.layers.pop();
                vec![Effect::Ask(request)]
            }
            Err(wrong) => {
                model.say(News::Failed, wrong);
                Effects::new()
            }
        },
        Outcome::Typed(purpose, line) => {
            model.layers.pop();
            saving::follow(model, purpose, &line)
        }
    }
}

fn fill_in(model: &mut Model, purpose: Purpose, description: &'static Description) {
    let last = model.remembered.iter().find(|(name, _)| *name == description.name).map(|(_, last)| last);
    let form = Form::new(purpose, description, |kind| model.explore.selected_id(kind), last);
    model.layers.push(Layer::Form(form));
}

/// Closes the form on top, and keeps what was typed for the next one of its name.
fn remember(model: &mut Model) {
    if let Some(Layer::Form(form)) = model.layers.pop() {
        model.remembered.retain(|(name, _)| *name != form.name());
        model.remembered.push((form.name(), form.remembered()));
    }
}

fn measuring(model: &mut Model, told: Told) {
    match told {
        Told::Percent(percent) => model.decide.measured_so_far(percent),
        Told::Done(evidence) => {
            model.decide.take_evidence(*evidence);
            model.say(
                News::Done,
                "measured: the figures stand with the context's advice, the curves on the page Evidence",
            );
        }
        Told::Ended => {
            model.decide.end_measuring();
            model.say(News::Said, "the measurement was ended; nothing was measured");
        }
        Told::Failed(failure) => {
            model.decide.end_measuring();
            model.layers.push(Layer::Failure(FailureBox::new(failure)));
        }
    }
}

/// Plays on until the end or a question; what has been asked is revealed first.
fn play_all(model: &mut Model) -> Effects {
    match model.scenario.as_mut().map(Playing::run_on) {
        Some(Next::Play) => vec![Effect::Ask(Request::NextScene)],
        Some(Next::Shown) | None => Effects::new(),
    }
}

fn next_scene(model: &mut Model) -> Effects {
    match model.scenario.as_mut().map(Playing::go_on) {
        Some(Next::Play) if model.tab == Tab::Steps => vec![Effect::Ask(Request::BeginScene)],
        Some(Next::Play) => vec![Effect::Ask(Request::NextScene)],
        Some(Next::Shown) | None => Effects::new(),
    }
}

/// The screen Steps, with the next scene's command held; without one, a command is chosen.
fn step_mode(model: &mut Model) -> Effects {
    model.tab = Tab::Steps;
    if model.steps.held {
        return Effects::new();
    }
    match &model.scenario {
        Some(playing) if !playing.has_ended() => next_scene(model),
        _ => {
            model.layers.push(Layer::Picker(Picker::commands()));
            Effects::new()
        }
    }
}

fn engine(model: &mut Model, update: Update) -> Effects {
    match update {
        Update::Opened { notices, settings, .. } => {
            model.decide.wired = settings.wiring;
            model.opened = true;
            if !notices.is_empty() {
                model.say(News::Said, notices.join(" · "));
            }
            return vec![Effect::Ask(Request::Breakpoints)];
        }
        Update::Seen(view) => {
            model.welcome |= model.standing.is_none() && view.last.is_none();
            let standing = Standing { policy: view.policy.clone(), last: view.last };
            if let Some(before) = model.standing.replace(standing)
                && before.policy != view.policy
            {
                model.say(News::Said, format!("from the next command on: {}", view.policy));
            }
            model.explore.take(*view);
        }
        Update::Performed(comparison) => {
            model.redoable = 0;
            performed(model, comparison);
        }
        Update::ScenarioOpened { title, scenes } => {
            if model.scenario.is_some() {
                let stays = if model.standing.as_ref().is_some_and(|standing| standing.last.is_some()) {
                    "; the playground stays, u rewinds it"
                } else {
                    ""
                };
                model.say(News::Said, format!("“{title}” begins{stays}"));
            }
            model.scenario = Some(Playing::new(title, scenes));
        }
        Update::Played(played) => {
            play(model, *played);
            if model.scenario.as_mut().is_some_and(Playing::goes_on) {
                return vec![Effect::Ask(Request::NextScene)];
            }
        }
        Update::ScenarioEnded => {
            if let Some(playing) = &mut model.scenario {
                playing.end();
            }
        }
        Update::Rewound { last, redoable, scene } => {
            if let Some(playing) = &mut model.scenario {
                playing.go_to(scene);
            }
            model.redoable = redoable;
            model.steps.forget();
            model.explore.trace.forget_after(last);
            let left = if redoable == 0 { String::new() } else { format!(" · {redoable} to redo") };
            model.say(News::Said, format!("the playground stands at #{last}{left}"));
        }
        Update::Saved { path, what } => model.say(News::Done, format!("{what} saved as {}", path.display())),
        Update::Exists(save) => {
            let question = format!("Replace {}?", save.path.display());
            let yes = Request::Save(Save { replace: true, ..save });
            model.layers.push(Layer::Confirm(Confirm::new(question, "There is such a file already.", yes)));
        }
        Update::Choices { kind, text, choices } => {
            for layer in &mut model.layers {
                layer.take_choices(kind, &text, &choices);
            }
        }
        Update::Stepped { standing, stopped } => {
            if !model.steps.held {
                model.tab = Tab::Steps;
            }
            model.redoable = 0;
            model.steps.take(*standing, stopped);
        }
        Update::SceneBegun(scene) => {
            if let Some(playing) = &mut model.scenario {
                playing.begin(&scene);
            }
        }
        Update::CrashesRunning(progress) => model.crashes.progress(progress),
        Update::Crashes { plan, matrix, summary } => {
            if matrix.is_none() {
                model.say(News::Said, "the matrix was left off");
            }
            model.crashes.take(*plan, matrix.map(|matrix| *matrix), summary);
        }
        Update::Interleaved(explored) => model.layers.push(Layer::interleavings(&explored)),
        Update::Landed => model.steps.landed(),
        Update::Breakpoints(breakpoints) => model.steps.take_breakpoints(breakpoints),
        Update::Answered { query, replies } => {
            let answers = Answers::new(query, replies, model.appearance.durations);
            model.layers.push(Layer::Answers(answers));
        }
        Update::Stored { world, stream, row } => model.layers.push(Layer::stored(world, &stream, row.as_deref())),
        Update::Failed(failure) if !model.opened => return vec![Effect::Leave(Some(failure))],
        Update::Failed(failure) => fail(model, failure),
    }
    Effects::new()
}

fn play(model: &mut Model, played: Played) {
    if let Some(playing) = &mut model.scenario {
        playing.take(&played);
    }
    if let Some(comparison) = played.comparison {
        performed(model, Box::new(comparison));
    }
    if let Some(unmet) = played.unmet {
        model.say(News::Failed, format!("scene {}: {}", played.number, text::shorten_ids(&unmet)));
    }
}

fn performed(model: &mut Model, comparison: Box<Comparison>) {
    if let Some((kind, text)) = news(&comparison) {
        model.say(kind, text);
    }
    model.explore.trace.take(comparison);
}

/// What came of a command, in a line.
fn news(comparison: &Comparison) -> Option<(News, String)> {
    let name = &comparison.input.command;
    if let Some(difference) = &comparison.difference {
        let difference = text::shorten_ids(&difference.to_string());
        return Some((News::Failed, format!("{name}: the worlds differ: {difference}")));
    }
    let result = &comparison.worlds.first()?.reply.result;
    let text = match (&result.error, &result.result) {
        (Some(error), _) => text::shorten_ids(error),
        (None, body) => body.as_ref().and_then(created).unwrap_or_default(),
    };
    let kind = match (result.is_success(), result.status.0) {
        (true, _) => News::Done,
        (false, 500..) => News::Failed,
        (false, _) => News::Refused,
    };
    Some((kind, format!("{name}: {} · {text}", result.status).trim_end_matches(" · ").to_owned()))
}

/// The first id in a success's result: `product 1c9e`.
fn created(body: &serde_json::Value) -> Option<String> {
    let (name, id) = body.as_object()?.iter().find(|(name, _)| name.ends_with("_id"))?;
    Some(format!("{} {}", name.trim_end_matches("_id"), text::short_id(id.as_str()?)))
}

fn fail(model: &mut Model, failure: Failure) {
    model.crashes.stumble();
    if let Some(playing) = &mut model.scenario {
        playing.stumble();
    }
    model.layers.push(Layer::Failure(FailureBox::new(failure)));
}
