//! Codes of a plan: the tree of components, and what their contracts have to do with each other and with the task.

use super::{Rule, either, error, warning};

pub(super) const RULES: &[Rule] = &[
    error(
        "component-id-case",
        "The id is a module and a folder. Some systems tell `Money` and `money` apart and some do not.",
        "Write the id in lower case.",
        "`Money`; mended: `money`",
    ),
    error(
        "dependency-cycle",
        "Components that wait for each other cannot be built one after the other, and none can be tested without the others.",
        "Move what both need into a component of its own, or let one be told what it asks for now.",
        "`order` calls `stock`, and `stock` calls `order`",
    ),
    error(
        "duplicate-component",
        "Two ids that differ only in case are one folder on some systems.",
        "Rename one of the components.",
        "`money` and `Money`",
    ),
    either(
        "empty-description",
        "The description is all that a contract is written from. In a proposal it is an error; in a tree whose contracts exist it \
         is a warning.",
        "Say in a sentence what the component does.",
        "`{\"id\": \"money\", \"description\": \"\"}`",
    ),
    warning(
        "generated-file-edited",
        "A file that is made from the contract was changed by hand, so it is left alone and no longer follows the contract.",
        "Change the contract in its place, and remove the file to get the current one.",
        "`contracts/money/interface.pyi` with a line of your own",
    ),
    error(
        "loose-node",
        "A node that is nobody's child is built by nobody, or by accident.",
        "Add it to the `children` of a node, or remove it.",
        "a node `draft` in `nodes` that no `children` names",
    ),
    warning(
        "many-components",
        "More components than can be kept in view are reviewed by nobody.",
        "Join what changes together; two to seven components are usual.",
        "thirteen components for one task",
    ),
    error(
        "missing-contract",
        "Without a contract the component has neither tests nor an implementation, and its callers know nothing of it.",
        "Write `contracts/ID/interface.json`, or let `pact run` ask for it.",
        "a leaf `money` of the tree without `contracts/money/interface.json`",
    ),
    error(
        "missing-root",
        "The tree names a root that it does not have, so nothing is reached from it.",
        "Make `root_id` the id of the node above all others.",
        "`\"root_id\": \"main\"` and no node `main`",
    ),
    error(
        "no-components",
        "A decomposition into nothing leaves the whole task undone.",
        "Propose at least one component.",
        "`\"components\": []`",
    ),
    error(
        "outdated-type",
        "A type that was taken over from another component has changed there, so the two sides no longer mean the same.",
        "Remove the copy: it is taken over anew.",
        "`Money` of `money` has a new field, and the copy in `invoice` has not",
    ),
    error(
        "registry-clash",
        "The registry says what a shared type is for all components, and this contract says otherwise.",
        "Remove the definition from the contract, or change the registry.",
        "`Money` with `cents` in the registry and with `amount` in a contract",
    ),
    error(
        "reserved-component-id",
        "`root` is the node that holds several components.",
        "Choose another id.",
        "a component `root` beside others",
    ),
    error(
        "tree-cycle",
        "Nodes that contain each other have no leaf that could be built first.",
        "Remove one of the `children` that lead back.",
        "`a` is a child of `b`, and `b` of `a`",
    ),
    error(
        "two-parents",
        "A node with two parents would be built and counted twice.",
        "Leave it with one parent; the other one names it in `dependencies`.",
        "`money` in the `children` of `sales` and of `billing`",
    ),
    either(
        "type-clash",
        "One name for two types: where one component calls the other, its code sees both (an error); else only readers confuse \
         them (a warning).",
        "Rename one of the types, or leave the definition out and use the other component's by its name.",
        "`Item` with `price` in `catalogue`, and with `cost` in `basket`, which calls it",
    ),
    warning(
        "uncovered-verb",
        "The task asks for an action that no function of any contract names or describes. Perhaps nobody does it.",
        "Add the function, or describe the one that does it with the word of the task.",
        "`export` in the task, and no function that exports",
    ),
    error(
        "unknown-child",
        "A child that is no node of the tree has neither a description nor a contract.",
        "Add the node, or remove the id.",
        "`\"children\": [\"ghost\"]`",
    ),
    error(
        "unreadable-file",
        "A file that does not parse, or is not of the form that its place asks for, is not there for anybody.",
        "Correct it at the line and column that the message names.",
        "a missing comma; `\"functions\": 7`",
    ),
];
