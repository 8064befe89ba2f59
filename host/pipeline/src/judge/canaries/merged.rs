//! The results of changed tests replaced by those of the same tests as they were written.

use std::collections::{HashMap, VecDeque};

use super::Planted;
use crate::judge::Run;
use crate::judge::record::Entry;

/// Puts what ran apart in the place of what was changed.
pub(super) fn merge(planted: &Planted, with: &mut Run, apart: Run) {
    let is_foreign = |entry: &&Entry| !planted.is_changed(&entry.case.function);
    let foreign: Vec<String> =
        apart.record.entries.iter().filter(is_foreign).map(|entry| entry.case.id.clone()).collect();
    let entries = std::mem::take(&mut with.record.entries);
    // What the suite's own settings leave out is left out, although it was asked for by name here.
    let mut own = apart.record.entries;
    own.retain(|entry| entries.iter().any(|other| other.case.function == entry.case.function));
    with.record.set_entries(in_place(
        entries,
        own,
        |entry| &entry.case.function,
        |function| planted.is_changed(function),
    ));
    for breach in apart.record.breaches {
        with.record.breach(breach);
    }
    for id in foreign {
        with.record.breach(format!("`{id}` ran, but was not among the tests that were to run apart"));
    }
    for error in &apart.record.collection_errors {
        with.record.add_collection_error(error);
    }
    with.record.calls.merge(apart.record.calls);
    with.receipts.extend(apart.receipts);
    with.sessions = with.sessions.max(apart.sessions);
    with.tested_peak = with.tested_peak.max(apart.tested_peak);
}

/// Returns the items of one list with those of certain functions replaced by the ones that another list has. The places stay;
/// what the other list has more of a function follows its last place.
pub(super) fn in_place<T>(
    with: Vec<T>,
    apart: Vec<T>,
    function: impl Fn(&T) -> &String,
    is_changed: impl Fn(&str) -> bool,
) -> Vec<T> {
    let mut places: HashMap<String, usize> = HashMap::new();
    for item in &with {
        *places.entry(function(item).clone()).or_default() += 1;
    }
    let mut own: HashMap<String, VecDeque<T>> = HashMap::new();
    for item in apart {
        own.entry(function(&item).clone()).or_default().push_back(item);
    }
    let mut merged = Vec::with_capacity(with.len());
    for item in with {
        if !is_changed(function(&item)) {
            merged.push(item);
            continue;
        }
        let left = places.entry(function(&item).clone()).or_default();
        *left = left.saturating_sub(1);
        if let Some(own) = own.get_mut(function(&item)) {
            let count = if *left == 0 { own.len() } else { own.len().min(1) };
            merged.extend(own.drain(..count));
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ran_apart_stands_in_the_place_of_what_was_changed() {
        let list = |items: &[(&str, u32)]| -> Vec<(String, u32)> {
            items.iter().map(|(name, number)| ((*name).to_owned(), *number)).collect()
        };
        let merged = |with: &[(&str, u32)], apart: &[(&str, u32)]| {
            in_place(list(with), list(apart), |item| &item.0, |function| function != "a")
        };
        let with = [("b", 1), ("a", 2), ("b", 3), ("c", 4)];
        assert_eq!(merged(&with, &[("c", 7), ("b", 8), ("b", 9)]), list(&[("b", 8), ("a", 2), ("b", 9), ("c", 7)]));
        assert_eq!(merged(&with, &[("b", 7), ("b", 8), ("b", 9)]), list(&[("b", 7), ("a", 2), ("b", 8), ("b", 9)]));
        assert_eq!(merged(&with, &[("b", 7), ("d", 8)]), list(&[("b", 7), ("a", 2)]));
    }
}
