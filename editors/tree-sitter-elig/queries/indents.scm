[
  (trial_block)
  (fields)
  (attributes)
  (block)
  (name_set)
  (code_set)
  (values)
  (parenthesized)
  (filter)
] @indent.begin

["}" "]" ")"] @indent.branch @indent.end
