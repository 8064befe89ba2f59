//! Colour, where the stream has it. Nothing may be readable by colour alone.

use clap::builder::styling::{AnsiColor, Style};

/// Paints for one stream.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paint {
    has_colour: bool,
}

/// What a colour stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Colour {
    /// Good.
    Green,
    /// Bad.
    Red,
    /// Neither.
    Yellow,
    /// Of no weight.
    Dim,
    /// Of more weight.
    Bold,
}

impl Paint {
    /// Paints, or does not.
    pub(crate) fn new(has_colour: bool) -> Self {
        Self { has_colour }
    }

    /// Returns the text in a colour.
    pub(crate) fn paint(self, text: &str, colour: Colour) -> String {
        if !self.has_colour {
            return text.to_owned();
        }
        let style = match colour {
            Colour::Green => Style::new().fg_color(Some(AnsiColor::Green.into())),
            Colour::Red => Style::new().fg_color(Some(AnsiColor::Red.into())),
            Colour::Yellow => Style::new().fg_color(Some(AnsiColor::Yellow.into())),
            Colour::Dim => Style::new().dimmed(),
            Colour::Bold => Style::new().bold(),
        };
        format!("{style}{text}{style:#}")
    }
}
