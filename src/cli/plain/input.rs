//! Lines as a person types or a script pipes them, and the words in a line.
//!
//! A line is text of some length: what is neither is said and passed over. Where nobody types, each line is echoed, so that the
//! transcript reads like a session.

use std::io::{self, BufRead, Write};

use crate::cli::text::plain;

/// A longer line is no command.
const LONGEST: usize = 1_000_000;

/// Where lines come from.
pub struct Lines<R> {
    input: R,
    /// A person's terminal shows what is typed; a pipe does not.
    echo: bool,
}

impl<R: BufRead> Lines<R> {
    pub fn new(input: R, echo: bool) -> Self {
        Self { input, echo }
    }

    /// Asks for a line; `None` when there is none any more.
    pub fn next(&mut self, out: &mut dyn Write, prompt: &str) -> io::Result<Option<String>> {
        loop {
            write!(out, "{prompt}")?;
            out.flush()?;
            let Some(bytes) = self.read()? else {
                writeln!(out)?;
                return Ok(None);
            };
            let wrong = match String::from_utf8(bytes) {
                Ok(line) if line.len() <= LONGEST => {
                    let line = line.trim_end_matches(['\n', '\r']).to_owned();
                    if self.echo {
                        writeln!(out, "{}", plain(&line))?;
                    }
                    return Ok(Some(line));
                }
                Ok(_) => "that line is longer than 1 MB; nothing is done",
                Err(_) => "that line is not text in UTF-8; nothing is done",
            };
            writeln!(out, "{}{wrong}", if self.echo { "\n" } else { "" })?;
        }
    }

    /// The bytes of a line, of which one too many is kept at most.
    fn read(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(Some(line).filter(|line| !line.is_empty()));
            }
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let taken = end.map_or(buffer.len(), |at| at + 1);
            let room = (LONGEST + 1).saturating_sub(line.len());
            line.extend_from_slice(&buffer[..taken.min(room)]);
            self.input.consume(taken);
            if end.is_some() {
                return Ok(Some(line));
            }
        }
    }
}

/// The words of a line. Quotes, of either kind, hold words together; a backslash in double quotes takes what follows as it is.
///
/// # Errors
///
/// When a quote is not closed.
pub(super) fn words(line: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' | '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match letters.next() {
                        None => return Err(format!("a {letter} is not closed; nothing is done")),
                        Some('\\') if letter == '"' => word.extend(letters.next()),
                        Some(end) if end == letter => break,
                        Some(inside) => word.push(inside),
                    }
                }
            }
            letter if letter.is_whitespace() => words.extend(word.take()),
            letter => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    Ok(words)
}

/// A name whichever way it is written: `UpdateProductPrice`, `update-product-price`.
pub(super) fn folded(name: &str) -> String {
    name.chars().filter(|letter| !matches!(letter, '-' | '_')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{Lines, folded, words};

    #[test]
    fn quotes_hold_words_together() {
        let split = |line| words(line).expect("its quotes are closed");
        assert_eq!(split("  a  b=c "), ["a", "b=c"]);
        assert_eq!(split(r#"name="Big \"L\"" x='a b' y="""#), [r#"name=Big "L""#, "x=a b", "y="]);
        assert_eq!(words("a 'b"), Err("a ' is not closed; nothing is done".to_owned()));
        assert_eq!(folded("Update-product_Price"), "updateproductprice");
    }

    #[test]
    fn what_is_no_text_or_has_no_end_is_passed_over() {
        let input = [b"\xff\n".as_slice(), &[b'x'; 2_000_000], b"\nlast"].concat();
        let mut lines = Lines::new(&*input, false);
        let mut out = Vec::new();
        assert_eq!(lines.next(&mut out, "> ").expect("a vector takes everything").as_deref(), Some("last"));
        assert_eq!(lines.next(&mut out, "> ").expect("a vector takes everything"), None);
        let said = String::from_utf8_lossy(&out).into_owned();
        assert!(said.contains("not text in UTF-8") && said.contains("longer than 1 MB"), "{said}");
    }
}
