//! A theme on a terminal that has fewer colours than it asks for: each becomes the nearest of the sixteen.

use ratatui::style::{Color, Style};

use super::Theme;

/// The sixteen as most terminals show them, in the order of their numbers.
const SIXTEEN: [(Color, [u8; 3]); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [170, 0, 0]),
    (Color::Green, [0, 130, 0]),
    (Color::Yellow, [150, 110, 0]),
    (Color::Blue, [0, 0, 200]),
    (Color::Magenta, [150, 0, 150]),
    (Color::Cyan, [0, 150, 150]),
    (Color::Gray, [190, 190, 190]),
    (Color::DarkGray, [100, 100, 100]),
    (Color::LightRed, [255, 85, 85]),
    (Color::LightGreen, [85, 255, 85]),
    (Color::LightYellow, [255, 255, 85]),
    (Color::LightBlue, [85, 85, 255]),
    (Color::LightMagenta, [255, 85, 255]),
    (Color::LightCyan, [85, 255, 255]),
    (Color::White, [255, 255, 255]),
];

impl Theme {
    /// The same with the sixteen colours alone.
    #[must_use]
    pub fn in_sixteen(self) -> Self {
        let fewer = |style: Style| Style { fg: style.fg.map(nearest), bg: style.bg.map(nearest), ..style };
        Self { styles: self.styles.map(fewer), ..self }
    }
}

fn nearest(colour: Color) -> Color {
    let [red, green, blue] = match colour {
        Color::Rgb(red, green, blue) => [red, green, blue],
        Color::Indexed(number) => indexed(number),
        named => return named,
    };
    let apart = |one: u8, other: u8| u32::from(one.abs_diff(other)).pow(2);
    let far = |(_, [r, g, b]): &&(Color, [u8; 3])| apart(red, *r) + apart(green, *g) + apart(blue, *b);
    SIXTEEN.iter().min_by_key(far).map_or(colour, |(named, _)| *named)
}

/// What a number stands for: the sixteen, a cube of 6 × 6 × 6, and grays.
fn indexed(number: u8) -> [u8; 3] {
    match number {
        0..=15 => SIXTEEN[usize::from(number)].1,
        16..=231 => {
            let step = |part: u8| if part == 0 { 0 } else { 55 + part * 40 };
            let cube = number - 16;
            [step(cube / 36), step(cube / 6 % 6), step(cube % 6)]
        }
        232..=255 => [8 + (number - 232) * 10; 3],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::Role;

    #[test]
    fn the_projector_keeps_its_contrast_with_sixteen_colours() {
        let theme = Theme::named("projector").expect("it is shipped").in_sixteen();
        let style = |role| (theme.style(role).fg, theme.style(role).bg);
        assert_eq!(style(Role::Text), (Some(Color::Black), Some(Color::White)));
        assert_eq!(style(Role::Selected), (Some(Color::White), Some(Color::Black)));
        assert_eq!(style(Role::State).0, Some(Color::Blue));
        assert_eq!(style(Role::Events).0, Some(Color::Magenta));
        assert_eq!(nearest(Color::Cyan), Color::Cyan);
    }
}
