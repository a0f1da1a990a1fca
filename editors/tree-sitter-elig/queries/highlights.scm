; Statement words.
[
  "trial" "vocabulary" "use" "anchor" "define" "require" "exclude" "note" "example"
  "fact" "event" "condition" "drug" "group" "unit" "extend" "assert"
] @keyword

; Words that join, choose and count.
[
  "and" "or" "not" "any" "all" "none" "of" "at" "least" "most" "exactly" "distinct" "prior" "current" "planned" "no"
  "latest" "first" "last" "count" "highest" "lowest" "every" "consecutive" "than" "more" "is" "in" "between" "except" "apart"
] @keyword.operator

; Words of time.
["within" "before" "after" "for" "lasting" "with" "gaps" "up" "to" "entry"] @keyword.operator

; Words that change a criterion.
["unless" "when" "if" "then" "else"] @keyword.conditional

["judged" "todo" "by" "like" "expect" "as" "verdict" "incomplete" "daily" "dose"] @keyword

; Words of declarations.
["quantity" "score" "titre" "step" "one" "class" "grade" "ordinal" (yes_no) (date_type)] @type.builtin
["possible" "plausible" "molar" "uln" "lln" "absent" "means" "equates" "bears" "on" "scale" "equivalent" "half_life" "source" "results" (timeless)] @attribute
["loinc" "snomed" "rxnorm" "atc" "omop" "ctcae"] @attribute

(call function: ["min" "max" "completed_years"] @function.builtin)

(comment) @comment
(doc_comment) @comment.documentation
(text) @string
(number) @number
(titre) @number
(date) @number
(unit) @type
(limit) @constant.builtin
(code) @constant
(criterion_id (id) @label)
(outcome (id) @label)
(field (id) @label)
(trial id: (id) @label)
(key) @property
(anchor_name) @constant.builtin
(side) @keyword.operator

(name) @variable
(vocabulary name: (name) @module)
(use path: (name) @module)
(anchor name: (name) @constant.builtin)
(define name: (name) @function)
(fact name: (name) @variable)
(entry_kind name: (name) @type.definition)
(group name: (name) @type.definition)
(extend name: (name) @type)

[
  ">=" "≥" "<=" "≤" "==" "!=" "≠" ">" "<" "=" "+" "-" "*" "/" "^" "**" "x" "×" "÷" ".."
] @operator
["(" ")" "[" "]" "{" "}"] @punctuation.bracket
["," ":"] @punctuation.delimiter
