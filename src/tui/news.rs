//! The message bar: what there is to know, one piece at a time.
//!
//! News gives way to newer news, but what failed stays until the person has gone on: nothing fails unseen.

use std::collections::VecDeque;

/// So many failures wait at most; by then one has seen that much fails.
const MOST: usize = 8;

/// What kind of news the message bar has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// A command was done.
    Done,
    /// A rule said no.
    Refused,
    /// Something failed, or the worlds differ.
    Failed,
    /// Something to know.
    Said,
}

/// What is said, and what waits to be said.
#[derive(Debug, Default)]
pub struct NewsLine(VecDeque<(News, String)>);

impl NewsLine {
    /// One more.
    pub fn say(&mut self, kind: News, text: String) {
        self.0.retain(|(kind, _)| *kind == News::Failed);
        if self.0.len() < MOST {
            self.0.push_back((kind, text));
        }
    }

    /// What is shown, and how many wait behind it.
    pub fn shown(&self) -> Option<(News, &str, usize)> {
        let (kind, text) = self.0.front()?;
        Some((*kind, text, self.0.len() - 1))
    }

    /// The person has gone on: the next failure, if one waits, has its turn.
    pub fn seen(&mut self) {
        self.0.pop_front();
        self.0.retain(|(kind, _)| *kind == News::Failed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_stays_until_it_has_been_seen() {
        let mut news = NewsLine::default();
        let say = |news: &mut NewsLine, kind, text: &str| news.say(kind, text.to_owned());
        say(&mut news, News::Done, "one");
        say(&mut news, News::Failed, "two");
        say(&mut news, News::Done, "three");
        say(&mut news, News::Failed, "four");
        assert_eq!(news.shown(), Some((News::Failed, "two", 1)));
        news.seen();
        assert_eq!(news.shown(), Some((News::Failed, "four", 0)));
        news.seen();
        assert_eq!(news.shown(), None);
        say(&mut news, News::Done, "five");
        say(&mut news, News::Said, "six");
        assert_eq!(news.shown(), Some((News::Said, "six", 0)));
    }
}
