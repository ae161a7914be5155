//! What a command answers: the guide's OperationResult, and the two ways of not getting there.
//!
//! A *refusal* is an answer: a rule said no, an id is unknown, somebody else wrote first. A *failure* is the machine's: a disk
//! is full, a file is corrupt. They meet in [`Stop`] so that a handler can use `?` for both, and part again in the pipeline.

use std::borrow::Cow;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::version::Conflict;

/// The status codes of the guide's framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Status(pub u16);

impl Status {
    /// Done.
    pub const OK: Self = Self(200);
    /// Done, and something new exists.
    pub const CREATED: Self = Self(201);
    /// A rule of the domain said no.
    pub const BAD_REQUEST: Self = Self(400);
    /// There is none with that id.
    pub const NOT_FOUND: Self = Self(404);
    /// Somebody else wrote first.
    pub const CONFLICT: Self = Self(409);
    /// The request itself cannot be worked on.
    pub const UNPROCESSABLE: Self = Self(422);
    /// The machine failed.
    pub const INTERNAL_ERROR: Self = Self(500);
    /// Nobody is there to answer.
    pub const UNAVAILABLE: Self = Self(503);

    /// Whether it is one of the 200s.
    pub fn is_success(self) -> bool {
        (200..300).contains(&self.0)
    }

    /// The code's name in the guide's framework, in lower case.
    pub fn name(self) -> &'static str {
        match self.0 {
            200 => "ok",
            201 => "created",
            202 => "accepted",
            204 => "no content",
            400 => "bad request",
            401 => "unauthorized",
            403 => "forbidden",
            404 => "not found",
            409 => "conflict",
            422 => "unprocessable",
            500 => "internal error",
            503 => "unavailable",
            _ => "other",
        }
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.0, self.name())
    }
}

/// The answer to a command.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OperationResult {
    /// How it went.
    pub status: Status,
    /// What a success carries, as JSON.
    pub result: Option<Value>,
    /// What a refusal or a failure says.
    pub error: Option<String>,
}

impl OperationResult {
    /// 200 with a body.
    pub fn ok(body: Value) -> Self {
        Self { status: Status::OK, result: Some(body), error: None }
    }

    /// 201 with a body.
    pub fn created(body: Value) -> Self {
        Self { status: Status::CREATED, result: Some(body), error: None }
    }

    /// 500: the machine failed while `doing` something.
    pub fn internal_error(doing: &str, failure: &Failure) -> Self {
        Self { status: Status::INTERNAL_ERROR, result: None, error: Some(format!("Failed to {doing}: {failure}")) }
    }

    /// 503: what was to answer is gone.
    pub fn unavailable(why: impl Into<String>) -> Self {
        Self { status: Status::UNAVAILABLE, result: None, error: Some(why.into()) }
    }

    /// Whether the command was done.
    pub fn is_success(&self) -> bool {
        self.status.is_success()
    }
}

impl From<Refusal> for OperationResult {
    fn from(refusal: Refusal) -> Self {
        Self { status: refusal.status, result: None, error: Some(refusal.text.into_owned()) }
    }
}

/// An answer that is a no.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{text}")]
pub struct Refusal {
    /// 400, 404, 409 or 422.
    pub status: Status,
    /// What a person reads.
    pub text: Cow<'static, str>,
}

impl Refusal {
    /// 400: a rule of the domain said no.
    pub fn rule(text: impl Into<Cow<'static, str>>) -> Self {
        Self { status: Status::BAD_REQUEST, text: text.into() }
    }

    /// 404: there is no such thing.
    pub fn not_found(text: impl Into<Cow<'static, str>>) -> Self {
        Self { status: Status::NOT_FOUND, text: text.into() }
    }

    /// 422: the request itself cannot be worked on.
    pub fn unprocessable(text: impl Into<Cow<'static, str>>) -> Self {
        Self { status: Status::UNPROCESSABLE, text: text.into() }
    }
}

impl From<Conflict> for Refusal {
    fn from(conflict: Conflict) -> Self {
        Self { status: Status::CONFLICT, text: conflict.to_string().into() }
    }
}

/// The machine failed: what happened, on which file, and what to do about it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub struct Failure {
    /// The file it happened on.
    pub file: Option<PathBuf>,
    /// What happened.
    pub what: String,
    /// What a person can do.
    pub remedy: Option<String>,
}

impl Failure {
    /// A failure with nothing but what happened.
    pub fn new(what: impl Into<String>) -> Self {
        Self { file: None, what: what.into(), remedy: None }
    }

    /// The same, on this file.
    #[must_use]
    pub fn on(mut self, file: impl Into<PathBuf>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// The same, with what to do.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}: ", file.display())?;
        }
        f.write_str(&self.what)?;
        match &self.remedy {
            Some(remedy) => write!(f, "; {remedy}"),
            None => Ok(()),
        }
    }
}

/// Why a handler stopped before its end.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Stop {
    /// An answer that is a no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The machine failed.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl From<Conflict> for Stop {
    fn from(conflict: Conflict) -> Self {
        Self::Refused(conflict.into())
    }
}

/// What a handler returns.
pub type Handled = Result<OperationResult, Stop>;
