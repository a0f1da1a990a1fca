(source_file) @local.scope

(define name: (name) @local.definition)
(fact name: (name) @local.definition)
(entry_kind name: (name) @local.definition)
(group name: (name) @local.definition)
(anchor name: (name) @local.definition)

(term (name) @local.reference)
(counted (name) @local.reference)
(anchor_name) @local.reference
