//! Codes of what a contract claims beside types and functions: effects, bounds, data, authority, words.

use super::{Rule, error, warning};

pub(super) const RULES: &[Rule] = &[
    warning(
        "bound-not-judged",
        "The bound was measured and there is no answer, for example because the tests have no generator of arguments. What is not \
         judged is not promised by the certificate.",
        "Let the tests have a generator for the function, or bound something that can be measured.",
        "`complexity: O(n)` of `sort`, and no `generate_sort(size)` in its tests",
    ),
    error(
        "contradicting-effects",
        "A function that has no effects and some effects at once cannot be judged: what the sandbox denies depends on it.",
        "Remove `none`, or the effects beside it.",
        "`[{\"kind\": \"none\"}, {\"kind\": \"logging\"}]`",
    ),
    warning(
        "effect-without-target",
        "Nobody can tell a file or a service that is meant from one that is not, so all of them would have to be allowed.",
        "Name the file or the service in `target`.",
        "`{\"kind\": \"writes_file\"}`; mended: `{\"kind\": \"writes_file\", \"target\": \"the report\"}`",
    ),
    warning(
        "empty-bound",
        "A bound without a number and without a growth promises nothing, and looks like a promise.",
        "Remove it, or say `p95_latency_ms`, `max_memory_mb` or `complexity`.",
        "`\"performance_budget\": {}`",
    ),
    error(
        "missing-rationale",
        "Reading data and deciding about a domain have consequences outside of the component. Whoever reviews them needs the \
         reason, and a few words are none.",
        "Say in at least twenty characters what needs the data or the decision.",
        "`\"rationale\": \"needed\"`; mended: `\"Invoices name the customer.\"`",
    ),
    error(
        "shared-domain",
        "Two components that decide about the same domain can decide differently, and nobody can say which of them is right.",
        "Leave the domain with one of them; the other one asks it.",
        "`payments` in the `authority` of `bank` and of `invoice`",
    ),
    error(
        "undeclared-tier",
        "An effect touches data of a tier that the component neither reads nor writes according to its own list, so one of the two \
         is wrong.",
        "Add the tier to `reads` or `writes`, or correct the effect's `classification`.",
        "`\"reads\": [\"PII\"]` and an effect of classification `AUTH`",
    ),
    warning(
        "unjudged-bound",
        "A growth that is not understood, or that speaks of more than one size, cannot be measured.",
        "Write one of O(1), O(log n), O(sqrt n), O(n), O(n log n), O(n^2), O(n^3), O(2^n).",
        "`O(fast)`, `O(n * m)`; mended: `O(n log n)`",
    ),
    warning(
        "unknown-tier",
        "What is in a tier that nobody else knows is treated like the most severe one, by every gate that looks at it.",
        "Write PUBLIC, INTERNAL, PII, FINANCIAL, AUTH or COMPLIANCE.",
        "`\"reads\": [\"personal\"]`; mended: `\"reads\": [\"PII\"]`",
    ),
    warning(
        "untyped-effect",
        "An effect in words is not enforced: the sandbox denies it, and the function fails at run time.",
        "Say it in `structured_side_effects`, with a kind and a target.",
        "`\"side_effects\": [\"writes the ledger\"]`",
    ),
    warning(
        "vague-words",
        "A phrase that can mean anything is read as something else by the author of the tests and by the author of the code.",
        "Say what can be observed; the message has a suggestion for the phrase.",
        "`Handles errors as needed`; mended: `Raises `Closed` after hours`",
    ),
    error(
        "zero-bound",
        "No code takes no time and no memory, so the bound can never hold.",
        "Write at least 1, or leave the bound out.",
        "`\"max_memory_mb\": 0`",
    ),
];
