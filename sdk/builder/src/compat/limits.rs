//! Whether a limit that explains differences is documented: the heading is there, and the words stand below it.

use std::{fs, path::Path};

use super::{
    CompatError,
    list::{Limit, List},
};

/// Checks all limits of the list against the pages of a clone.
pub(super) fn check(list: &List, root: &Path) -> Result<(), CompatError> {
    for limit in &list.limits {
        let (file, anchor) = limit.at.split_once('#').unwrap_or((&limit.at, ""));
        let text = fs::read_to_string(root.join(file))
            .map_err(|error| CompatError::List(format!("the limit `{}` stands in `{file}`: {error}", limit.name)))?;
        stands(limit, &text, anchor).map_err(CompatError::List)?;
    }
    Ok(())
}

fn stands(limit: &Limit, page: &str, anchor: &str) -> Result<(), String> {
    let Some(section) = section(page, anchor) else {
        return Err(format!("the limit `{}` names `{}`, and there is no such heading", limit.name, limit.at));
    };
    if plain(&section).contains(&plain(&limit.says)) {
        Ok(())
    } else {
        Err(format!("the limit `{}` is documented nowhere: `{}` does not say “{}”", limit.name, limit.at, limit.says))
    }
}

/// Returns a heading of a Markdown page with what stands below it, up to the next heading.
fn section(page: &str, wanted: &str) -> Option<String> {
    let mut lines = page.lines().skip_while(|line| anchor(line).as_deref() != Some(wanted));
    let heading = lines.next()?;
    let below = lines.take_while(|line| anchor(line).is_none());
    Some([heading].into_iter().chain(below).collect::<Vec<_>>().join("\n"))
}

/// Returns the anchor of a heading, as pages on the web make it.
fn anchor(line: &str) -> Option<String> {
    let title = line.trim_start_matches('#');
    let is_heading = title.len() < line.len() && title.starts_with(' ');
    let kept = |c: &char| c.is_alphanumeric() || *c == '-' || *c == ' ';
    is_heading
        .then(|| title.trim().to_lowercase().chars().filter(kept).map(|c| if c == ' ' { '-' } else { c }).collect())
}

/// Joins the words: where a line breaks says nothing.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str =
        "# The runner\n\nRuns CPython 3.14.\n\n## Not available\n\nThreads raise an\nerror.\n\n## Next\n";

    fn limit(says: &str) -> Limit {
        Limit {
            name: "x".to_owned(),
            summary: String::new(),
            at: "p.md".to_owned(),
            says: says.to_owned(),
            by_version: false,
        }
    }

    #[test]
    fn words_below_the_heading_count_across_lines() {
        stands(&limit("Threads raise an error."), PAGE, "not-available").unwrap();
        stands(&limit("CPython 3.14"), PAGE, "the-runner").unwrap();
    }

    #[test]
    fn words_below_another_heading_do_not_count() {
        let error = stands(&limit("Threads raise an error."), PAGE, "the-runner").unwrap_err();
        assert!(error.contains("documented nowhere"), "{error}");
        assert!(stands(&limit("Next"), PAGE, "not-available").is_err());
    }

    #[test]
    fn a_heading_that_is_gone_is_an_error() {
        assert!(stands(&limit("Threads"), PAGE, "unavailable").unwrap_err().contains("no such heading"));
    }

    #[test]
    fn every_limit_of_this_clone_is_documented() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        check(&List::read(&root.join(super::super::LIST)).unwrap(), &root).unwrap();
    }
}
