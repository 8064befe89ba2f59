//! The table of worlds in `host/grants` says what the WIT files say.

use std::collections::BTreeSet;

use pact_grants::World;
use wit_parser::{Resolve, WorldItem};

#[test]
fn the_table_of_worlds_agrees_with_the_plugin_interface() {
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_dir(super::root().join("wit/v0")).unwrap();
    let worlds = resolve.packages[package].worlds.clone();
    let in_wit: BTreeSet<&str> = worlds.keys().map(String::as_str).collect();
    let in_table: BTreeSet<&str> = World::ALL.iter().map(|world| world.name()).collect();
    assert_eq!(in_wit, in_table);

    for world in World::ALL {
        let parsed = &resolve.worlds[worlds[world.name()]];
        let names = |items: &mut dyn Iterator<Item = &WorldItem>| -> BTreeSet<String> {
            items
                .filter_map(|item| match item {
                    WorldItem::Interface { id, .. } => resolve.interfaces[*id].name.clone(),
                    _ => None,
                })
                .collect()
        };
        let imports = names(&mut parsed.imports.values());
        let table: BTreeSet<String> = world.imports().iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(imports, table, "imports of `{world}`");
        let exports = names(&mut parsed.exports.values());
        let table: BTreeSet<String> = world.exports().iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(exports, table, "exports of `{world}`");
    }
}
