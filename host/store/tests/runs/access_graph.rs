//! Who reads and writes which data, written for those who decide about trust.

use pact_model::phase::Phase;
use pact_pipeline::Until;
use serde_json::{Value, json};

use crate::project::{Bench, contract, fenced, question};

/// A project whose contracts say what they read and write.
fn classified() -> Bench {
    Bench::answering(|replies| {
        for (id, reads, writes, domain) in [
            ("basket", json!(["FINANCIAL", "PUBLIC"]), json!([]), "order"),
            ("catalogue", json!(["PUBLIC"]), json!(["PUBLIC", "PII"]), "item"),
        ] {
            let mut contract = contract(id);
            contract["data_access"] = json!({
                "reads": reads, "writes": writes, "rationale": "Prices and names of things that are sold.",
                "side_effects": [{"type": "database_read", "classification": "PUBLIC", "fields": ["cents"], "rationale": "Prices."}],
            });
            contract["authority"] = json!({"domains": [domain], "rationale": "It is the only one that makes them."});
            replies.insert(question(Phase::Contract, id, 1), fenced(&contract));
        }
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_graph_has_the_shape_that_projects_have_had() {
    let bench = classified();
    bench.run(Until::AuthorTests).await.expect("a run");
    let graph = bench.json("access_graph.json");
    assert_eq!((&graph["version"], &graph["generated_by"]), (&json!("1.0"), &json!("pact")));
    assert_eq!(graph["project"], "Shop");
    assert!(graph["timestamp"].is_string());
    let ids: Vec<&Value> = graph["components"].as_array().expect("a list").iter().map(|one| &one["id"]).collect();
    assert_eq!(ids, ["basket", "catalogue", "clock"]);
    let basket = &graph["components"][0];
    assert_eq!(basket["data_access"]["reads"], json!(["FINANCIAL", "PUBLIC"]));
    let effect =
        json!({"type": "database_read", "classification": "PUBLIC", "fields": ["cents"], "rationale": "Prices."});
    assert_eq!(basket["data_access"]["side_effects"], json!([effect]));
    assert_eq!(basket["authority"]["domains"], json!(["order"]));
    let written = bench.read("contracts/basket/interface.json");
    assert_eq!(basket["contract_hash"], pact_pipeline::digest::of_bytes(written.as_bytes()));
    let written = bench.read("tests/basket/contract_test_suite.json");
    assert_eq!(basket["test_hash"], pact_pipeline::digest::of_bytes(written.as_bytes()));
    let clock = &graph["components"][2];
    assert_eq!(clock["authority"], json!({"domains": [], "rationale": null}));
    let edge = json!({"from": "basket", "to": "catalogue", "data_tiers_in_flight": ["PUBLIC"]});
    assert_eq!(graph["edges"], json!([edge]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_document_has_the_shape_of_nodes() {
    let bench = classified();
    bench.run(Until::Contract).await.expect("a run");
    let graph = bench.json("access_graph.json");
    let nodes = graph["nodes"].as_object().expect("nodes by id");
    assert_eq!(nodes.keys().collect::<Vec<_>>(), ["basket", "catalogue", "clock"]);
    for (id, node) in nodes {
        assert_eq!(node["node_id"], id.as_str());
        for edge in node["edges"].as_array().expect("a list") {
            assert!(nodes.contains_key(edge["target"].as_str().expect("an id")), "{edge}");
            assert_eq!(edge["relation_type"], "DEPENDS_ON");
        }
    }
    assert_eq!(nodes["catalogue"]["authority_domains"], json!(["item"]));
    assert_eq!(nodes["catalogue"]["metadata"]["tiers"], json!(["PII", "PUBLIC"]));
    assert_eq!(nodes["basket"]["edges"][0]["target"], "catalogue");
    assert_eq!((&graph["graph_version"], &graph["created_at"]), (&json!("1"), &graph["timestamp"]));
    // Nobody has written tests yet.
    assert_eq!(graph["components"][0]["test_hash"], "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_graph_that_says_the_same_keeps_its_time_and_a_persons_is_left_alone() {
    let bench = classified();
    bench.run(Until::AuthorTests).await.expect("a run");
    let first = bench.read("access_graph.json");
    bench.run(Until::AuthorTests).await.expect("a run");
    assert_eq!(bench.read("access_graph.json"), first);
    bench.write("access_graph.json", "{}");
    bench.run(Until::AuthorTests).await.expect("a run");
    assert_eq!(bench.read("access_graph.json"), "{}");
}
