//! Codes of functions, names and validators of a contract.

use super::{Rule, error, warning};

pub(super) const RULES: &[Rule] = &[
    error(
        "component-id-mismatch",
        "A file that says it is about another component was put into the wrong place, or its id was changed in one place only.",
        "Make `component_id` the name of the folder that the file lies in.",
        "`contracts/bank/interface.json` with `\"component_id\": \"ledger\"`",
    ),
    error(
        "default-refused",
        "Whoever leaves the value out gets one that the contract forbids: code and tests disagree about what happens then.",
        "Choose a default that meets the validators, or widen the validator.",
        "default `0` with `value > 0`",
    ),
    error(
        "duplicate-dependency",
        "A dependency that is named twice is a slip: perhaps another one was meant.",
        "Name each dependency once.",
        "`\"dependencies\": [\"money\", \"money\"]`",
    ),
    error(
        "duplicate-name",
        "Of two things with one name, code can have only one, and nobody can say which.",
        "Rename one of them, or remove it.",
        "two functions `pay`",
    ),
    error(
        "empty-condition",
        "An error that does not say when it happens can be neither tested nor implemented.",
        "Say exactly when the error is raised.",
        "`{\"name\": \"closed\", \"condition\": \"\"}`; mended: `\"condition\": \"after 18:00\"`",
    ),
    error(
        "empty-name",
        "What has no name cannot be called, shown or looked up.",
        "Give it a name that says what it is.",
        "`\"name\": \"\"`",
    ),
    error(
        "impossible-validator",
        "No value meets the validator, or it and another one of the field together, so nothing can ever be made of the type.",
        "Correct the bounds, the list or the pattern, so that a value is left.",
        "`10..1`, `0 < value < 1` of an `int`, `[]`, `value > 3` beside `value < 3`",
    ),
    error(
        "invalid-name",
        "A name that begins with a digit, holds other letters than ASCII ones, says nothing or is very long is refused by some \
         language or its tools.",
        "Begin with a letter, go on with letters, digits and `_`, and stay below 81 of them.",
        "`pay now`, `größe`, `__`; mended: `pay_now`, `size`",
    ),
    error(
        "language",
        "The contract cannot be said in the language of the component: a word that it reserves, a type that it does not have.",
        "Do what the message of the language says, or choose another language for the component.",
        "an input called `class`",
    ),
    error(
        "malformed-validator",
        "A validator that cannot be read would be enforced by nobody, or differently by each language.",
        "Write it as the message says. Patterns keep to what all languages read alike: no look-around, no references to groups.",
        "range `positive`; mended: `value > 0`. regex `(?=a)b`; mended: two validators",
    ),
    error(
        "no-functions",
        "A component that offers nothing to call cannot be tested, so nothing can be said about it.",
        "Give it a function or a class, or make its types those of the component that uses them.",
        "`\"functions\": []` and no class",
    ),
    warning(
        "rendered-otherwise",
        "`pact render` shows contracts that a language cannot say; what it shows differs here from what the contract says.",
        "Do what the message says. A run refuses the contract until then, or has another language for the component.",
        "a type that nobody defines, a validator that cannot be read, an input called `class`",
    ),
    error(
        "required-after-optional",
        "Who leaves the optional input out could not give the required one that follows it.",
        "Put required inputs first.",
        "`limit` with a default, then `name` without",
    ),
    error(
        "self-dependency",
        "A component that waits for itself is never finished.",
        "Remove its own id from `dependencies`.",
        "`\"component_id\": \"bank\", \"dependencies\": [\"bank\"]`",
    ),
    warning(
        "unenforced-rule",
        "A `custom` validator in words is shown to authors and enforced by nobody: not by the types, not by generated tests.",
        "Write an expression: comparisons, arithmetic, `and`, `or`, `not`, `in`, `len(x)`, `value` and the names of fields.",
        "`is a prime`; enforced would be `value % 2 == 0`, `value <= limit`",
    ),
    error(
        "unknown-dependency",
        "What is no component of the plan cannot be built before this one, and has no contract to call it by.",
        "Correct the id, or move modules from outside the project to `requires`.",
        "`\"dependencies\": [\"requests\"]`; mended: `\"requires\": [\"requests\"]`",
    ),
    warning(
        "unknown-input",
        "A precondition about something that the function is not given can be neither met by a caller nor checked.",
        "Name an input, a field of one, or another thing of the contract; or add the input.",
        "`total > 0` of a function whose input is `amount`",
    ),
    error(
        "unsafe-component-id",
        "The id is a file name, and some systems take a file of this name for a device, whatever its ending.",
        "Choose another id.",
        "`con`, `nul`, `com1`; mended: `connection`",
    ),
    error(
        "unsuited-validator",
        "The validator means nothing for values of the field's type, or its expression compares what cannot be compared.",
        "Use one that suits the type: ranges and multiples for numbers, lengths for texts and collections, patterns for `str`.",
        "range of a `str`, length of an `int`, `value > \"a\"` of an `int`",
    ),
    error(
        "zero-version",
        "Versions count from one; tests say which version of the contract they were written for.",
        "Write 1 for a contract that has not changed since it was first agreed on.",
        "`\"version\": 0`",
    ),
];
