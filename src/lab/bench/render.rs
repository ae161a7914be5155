//! A measurement as a line for a person.

use super::Line;

/// One line, without its end.
pub fn text(line: &Line) -> String {
    let mut text =
        format!("{}  {:<8}{:>12} {:<9}", line.work, line.contender.name(), grouped(line.per_second), line.unit);
    match (line.ratio, line.policy) {
        (Some(ratio), None) => text.push_str(&format!("{ratio:>5.2} of the limit, goal {:.2}", line.work.goal())),
        (Some(ratio), Some(policy)) => text.push_str(&format!("{ratio:>5.2} of the limit, with all of `{policy}`")),
        (None, _) => text.push_str(&format!("      {}", line.work.about())),
    }
    text
}

/// A whole number with its thousands apart.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn thousands_stand_apart() {
        let numbers = [0.4, 999.0, 1_000.0, 1_234_567.0];
        assert_eq!(numbers.map(super::grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
