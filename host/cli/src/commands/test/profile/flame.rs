//! A profile as a flame graph.

use inferno::flamegraph::{Options, from_lines};
use pact_model::profile::{Frame, Node, Profile};

use crate::ui::line;

/// Draws the tree: the width of a box is its fuel. The same profile gives the same bytes.
///
/// # Errors
/// Only when the library refuses what is made here.
pub(super) fn svg(suite: &str, profile: &Profile) -> Result<Vec<u8>, std::io::Error> {
    let stacks = folded(profile);
    let mut options = Options::default();
    options.title = format!("Fuel of {suite}");
    options.count_name = "fuel".to_owned();
    options.name_type = "Function:".to_owned();
    // The colours are drawn at random otherwise.
    options.hash = true;
    let mut svg = Vec::new();
    from_lines(&mut options, stacks.iter().map(String::as_str), &mut svg).map_err(std::io::Error::other)?;
    Ok(svg)
}

/// Each node with fuel of its own as a line of the format that flame graphs are made from: `caller;called fuel`.
fn folded(profile: &Profile) -> Vec<String> {
    let mut lines = Vec::new();
    for node in profile.nodes.iter().filter(|node| node.fuel > 0) {
        let mut path: Vec<String> = profile.callers(node).map(|caller| label(profile, caller)).collect();
        path.reverse();
        path.push(label(profile, node));
        if matches!(node.frame, Frame::Test(_)) {
            path.push("framework".to_owned());
        }
        lines.push(format!("{} {}", path.join(";"), node.fuel));
    }
    if lines.is_empty() {
        // The library draws no picture of nothing.
        lines.push("nothing 1".to_owned());
    }
    lines
}

/// What a box says. Never ends in a number: it would be read as one of the line's.
fn label(profile: &Profile, node: &Node) -> String {
    let label = match &node.frame {
        Frame::Outside => "outside of tests".to_owned(),
        Frame::Test(id) => format!("[{}]", line(id)),
        Frame::Function(number) => {
            let function = &profile.functions[*number as usize];
            format!("{} ({}:{})", line(&function.name), line(&function.path), function.line)
        }
        Frame::Folded => "what is beyond the limits of a profile".to_owned(),
    };
    // It separates the boxes of a line.
    label.replace(';', "\\u{3b}")
}

#[cfg(test)]
mod tests {
    use super::super::fixture::profiled;
    use super::*;

    #[test]
    fn a_line_has_the_callers_and_the_fuel_and_no_name_breaks_it() {
        let lines = folded(&profiled().profile.unwrap());
        assert_eq!(lines.len(), 6);
        assert_eq!(lines[0], "outside of tests 5000");
        assert_eq!(lines[2], "[test_shop.x::sells];sell (shop.x:3) 2000");
        assert_eq!(lines[4], r"[test_shop.x::a\u{3b}b\u{1b}[31m 7];framework 300");
    }

    #[test]
    fn names_of_a_guest_are_text_in_the_picture() {
        let profile = profiled().profile.unwrap();
        let svg = String::from_utf8(svg("shop", &profile).unwrap()).unwrap();
        assert!(svg.contains("&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;\\u{3b}"), "{svg}");
        assert!(!svg.contains("<script>alert") && !svg.contains('\u{1b}') && !svg.contains('\u{202e}'));
        assert!(svg.contains("1,234,567 fuel"), "{svg}");
    }

    #[test]
    fn the_same_profile_is_the_same_picture() {
        let profile = profiled().profile.unwrap();
        assert_eq!(svg("shop", &profile).unwrap(), svg("shop", &profile).unwrap());
    }

    #[test]
    fn a_suite_that_used_nothing_has_a_picture_too() {
        assert!(!svg("shop", &Profile::default()).unwrap().is_empty());
    }
}
