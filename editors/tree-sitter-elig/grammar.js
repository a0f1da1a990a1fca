/**
 * The elig language for tree-sitter. Its words come from `keywords.json`, which is made from `grammar/elig.pest`:
 * a word of the language that no rule here uses stops `tree-sitter generate`, and so does a word it does not know.
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

const words = require('./keywords.json');

const known = new Set([...words.statement, ...words.reserved, ...words.elsewhere]);
const used = new Set();

/** A word of the language. */
function kw(word) {
  if (!known.has(word)) throw new Error(`\`${word}\` is no word of grammar/elig.pest`);
  used.add(word);
  return word;
}

/** One of several words. */
function oneOf(...list) {
  return choice(...list.map(kw));
}

/** Items with commas between them, and maybe one behind the last. */
function list(item) {
  return optional(seq(item, repeat(seq(',', item)), optional(',')));
}

const PREC = { conditional: -1, or: 1, and: 2, not: 3, tail: 4, add: 5, multiply: 6, minus: 7, power: 8, call: 9 };

// Pieces of units: `mg/dL`, `/uL`, `x10^9/L`, `mL/min/{1.73_m2}`, `[iU]/L`, `%`.
const SUPERSCRIPT = '[²³¹⁰⁴⁵⁶⁷⁸⁹⁻]';
const NOTE = '\\{[^{}:, \\n]+\\}';
const SYMBOL = `(?:[A-Za-z%µμ°_']|${SUPERSCRIPT}|${NOTE}|\\[[^\\[\\]\\n ]+\\])`;
const TEN = `(?:[x×] *)?10(?:[\\^*eE][-+]?[0-9]+|${SUPERSCRIPT}+)(?:${NOTE})?`;
const PHRASE = '[mM][mM] [hH][gG]|[cC][mM] [hH]2[oO]|[cC][uU] [mM][mM]';
const PART = `(?:1\\.73[ _]?m(?:2|²|\\^2)|${PHRASE}|${TEN}|[0-9]*${SYMBOL}(?:${SYMBOL}|[0-9])*(?:\\^-?[0-9]+|-[0-9]+)?)`;
// `(kg.min)`, `(24.h)`: told from a formula in parentheses by its dot.
const ANY = `(?:${PART}|[0-9]+)`;
const GROUP = `\\(${ANY}(?:/${ANY})*[.·]${ANY}(?:[/.·]${ANY})*\\)(?:${NOTE})*`;
// What a power of ten counts: `10^3 copies/mL`.
const COUNTED = ` (?:copies|copy|genomes|cells?|CFU|PFU|IU|U|/${PART})`;
// A decimal logarithm: `log10 copies/mL`.
const LOGARITHM = '(?:[lL]og10|log₁₀|[lL]og|lg) (?:copies|copy|genomes|IU|\\{[^{}:, \\n]+\\}|\\[[^\\[\\]\\n ]+\\])';
const UNIT = new RegExp(
  `(?:${TEN}(?:${COUNTED})?|${LOGARITHM}|/?${PART})(?:(?:[/.·]| per )(?:${PART}|${GROUP}))*(?: (?:FEU|DDU))?`,
);
// Behind `in`, braces are a set of values unless a unit goes on behind them.
const BARE = `(?:[A-Za-z%µμ°_']|${SUPERSCRIPT}|\\[[^\\[\\]\\n ]+\\])`;
const BARE_PART = `(?:${TEN}|${BARE}(?:${SYMBOL}|[0-9])*(?:\\^-?[0-9]+|-[0-9]+)?)`;
const BARE_UNIT = new RegExp(`(?:/${PART}|${BARE_PART}|${NOTE}/${PART})(?:[/.·]${PART})*`);

const grammarOfElig = grammar({
  name: 'elig',

  word: $ => $._word,

  // Every blank that the compiler takes for one.
  extras: $ => [/[\s\u00A0\u1680\u2000-\u200B\u2028\u2029\u202F\u205F\u3000\uFEFF]/, $.doc_comment, $.comment],

  reserved: {
    // Never a name.
    global: $ => [...words.statement, ...words.reserved],
    // Never a coded value.
    connective: $ => words.connective,
    statement: $ => words.statement,
    none: $ => [],
  },

  supertypes: $ => [$._statement, $._expression],

  inline: $ => [$._tail, $._first_tail],

  conflicts: $ => [
    // `sledai2k: 7 platelets: ..`: a unit or the next field.
    [$.measured],
    // `2.5 x ULN` and `2.5 x height`.
    [$.literal],
    // `first x` and a fact that is called `first`.
    [$.name, $.prefix],
  ],

  rules: {
    source_file: $ => repeat($._statement),

    _word: _ => /[A-Za-z][A-Za-z0-9_]*/,

    _statement: $ => choice(
      $.trial, $.vocabulary, $.use, $.anchor, $.define, $.criterion, $.note, $.example,
      $.fact, $.entry_kind, $.group, $.extend, $.unit_statement, $.assertion,
    ),

    doc_comment: _ => token(prec(1, /##[^\r\n]*/)),
    comment: _ => token(/#[^\r\n]*/),

    // ---------------------------------------------------------------------------------- tokens

    text: _ => /"(?:[^"\\]|\\(?:.|\n))*"/,
    titre: _ => /1:[0-9][0-9_]*(?:\.[0-9][0-9_]*)?/,
    number: _ => /[0-9][0-9_]*(?:\.[0-9][0-9_]*)?(?:[eE][-+]?[0-9]+)?/,
    date: $ => choice($._long_date, $.number),
    _long_date: _ => /[0-9]{4}-[0-9]+(?:-[0-9]+)?(?:T[0-9:]+(?:Z|[-+][0-9]{2}:?(?:[0-9]{2})?)?)?/,
    _long_id: _ => /[A-Za-z0-9][A-Za-z0-9_.-]*(?:#[0-9]+)?/,
    _long_code: _ => /[0-9_][A-Za-z0-9_]*/,
    _long_unit: _ => UNIT,
    _bare_unit: _ => BARE_UNIT,

    signed_number: $ => seq(optional(choice('-', '+')), $.number),
    id: $ => choice(reserved('none', $._word), $.number, $._long_id),
    unit: $ => choice($._word, $._long_unit),
    code: $ => choice(reserved('connective', $._word), $.number, $._long_code),
    name: $ => choice(
      $._word,
      oneOf('min', 'max', 'class', 'grade', 'results', 'daily', 'first', 'last', 'consecutive', 'apart', 'count'), 'completed_years', 'age',
      'end',
    ),
    // `[mg/dL]`
    bracket_unit: $ => seq('[', alias(/(?:[^\[\]\n]|\[[^\[\]\n]*\])+/, $.unit), ']'),

    // ------------------------------------------------------------------------------- statements

    trial: $ => seq(
      kw('trial'), optional(field('id', $.id)), optional(field('title', $.text)), optional($.trial_block),
    ),
    trial_block: $ => seq('{', repeat(seq(choice($.trial_entry, $.results), optional(','))), '}'),
    trial_entry: $ => seq(
      field('key', choice(alias(reserved('statement', $._word), $.key), alias(kw('anchor'), $.key), kw('incomplete'))),
      optional(':'),
      field('value', choice($.text, alias($._word_code, $.code), alias($._long_date, $.date), $.signed_number)),
      optional(seq(kw('as'), kw('of'), field('as_of', $.date))),
    ),

    vocabulary: $ => seq(kw('vocabulary'), field('name', $.name), optional($.text)),
    use: $ => seq(kw('use'), field('path', choice($.name, $.text))),
    anchor: $ => seq(
      kw('anchor'), field('name', $.name), optional($.text), optional(seq(kw('after'), field('after', $.name))),
    ),
    define: $ => seq(kw('define'), field('name', $.name), '=', field('value', $._expression)),
    note: $ => seq(kw('note'), optional($.criterion_id), $.text),
    assertion: $ => seq(kw('assert'), optional($.criterion_id), $.text, ':', field('condition', $._expression)),
    unit_statement: $ => seq(kw('unit'), $.text, '=', choice(alias($._bare_unit, $.unit), $.unit, $.bracket_unit)),

    criterion: $ => seq(
      field('polarity', oneOf('require', 'exclude')),
      optional($.criterion_id),
      field('condition', $._expression),
      repeat(choice($.alternative, $.guard, $.results_here)),
    ),
    criterion_id: $ => seq('[', $.id, ']'),
    alternative: $ => seq(
      ',', kw('or'), field('condition', choice($._expression, $.elided)), kw('when'), field('guard', $._expression),
    ),
    guard: $ => seq(oneOf('unless', 'when'), $._expression),
    results_here: $ => seq(',', $.results),
    // `results count for 28 days`, `results count at any age`
    results: $ => seq(
      kw('results'), kw('count'), choice(seq(kw('for'), $.length), seq(kw('at'), kw('any'), 'age')),
    ),

    // ----------------------------------------------------------------------------- declarations

    fact: $ => seq(kw('fact'), field('name', $.name), ':', $._type, repeat(choice($._modifier, $.attributes))),
    entry_kind: $ => seq(
      oneOf('event', 'condition', 'drug'), field('name', $.name), repeat(choice($._modifier, $.attributes)),
    ),
    group: $ => seq(kw('group'), field('name', $.name), repeat(choice($._modifier, $.name_set))),
    extend: $ => seq(
      kw('extend'),
      choice(
        seq(kw('group'), field('name', $.name), repeat(choice($._modifier, $.name_set))),
        seq(field('name', $.name), repeat1(choice($.one_of, $._modifier, $.attributes))),
      ),
    ),

    _type: $ => choice($.quantity, $.score, $.titre_type, $.scale, $.one_of, $.yes_no, $.date_type),
    quantity: $ => seq(kw('quantity'), $.bracket_unit),
    score: $ => seq(kw('score'), $.range, optional(seq(kw('step'), $.signed_number))),
    titre_type: $ => seq(kw('titre'), $.range),
    scale: $ => seq(
      oneOf('class', 'grade', 'ordinal'),
      choice($.range, seq($.code, repeat(seq(choice('<', '>'), $.code)))),
    ),
    one_of: $ => seq(kw('one'), kw('of'), $.code_set),
    yes_no: _ => kw('yes_no'),
    date_type: _ => kw('date'),
    range: $ => choice(seq($.signed_number, '..', $.signed_number), seq($.titre, '..', $.titre)),

    _modifier: $ => choice(
      $.codes, $.possible, $.plausible, $.molar, $.limit_flag, $.absent, $.otherwise, $.equates, $.second_scale,
      $.half_life, $.timeless, $.results, $.bears_on, $.equivalent,
    ),
    possible: $ => seq(kw('possible'), $.range),
    plausible: $ => seq(kw('plausible'), $.range),
    molar: $ => seq(kw('molar'), $.signed_number, $.unit),
    limit_flag: _ => oneOf('uln', 'lln'),
    absent: _ => seq(kw('absent'), kw('means'), kw('no')),
    otherwise: $ => seq(kw('else'), $._expression),
    equates: $ => seq(kw('equates'), $.bracket_unit),
    second_scale: $ => seq(
      kw('scale'), $.bracket_unit, '=', $.fraction, choice('x', '×', '*'), $.bracket_unit,
      optional($.fraction), kw('source'), field('source', $.text),
    ),
    fraction: $ => prec.right(seq($.signed_number, optional(seq('/', $.signed_number)))),
    half_life: $ => seq(kw('half_life'), $.signed_number, $.unit),
    equivalent: $ => seq(
      kw('equivalent'), $.fraction, optional(choice('x', '×', '*')), field('reference', $.name), kw('source'), field('source', $.text),
    ),
    timeless: _ => kw('timeless'),
    bears_on: $ => seq(kw('bears'), kw('on'), choice($.name_set, $.name)),
    codes: $ => prec.right(seq(
      field('system', oneOf('loinc', 'snomed', 'rxnorm', 'atc', 'omop', 'ctcae')),
      repeat1($.text),
      optional(seq(kw('source'), field('source', $.text))),
    )),
    attributes: $ => seq('{', repeat(seq($.attribute, optional(','))), '}'),
    attribute: $ => seq(field('name', $._key), ':', $._type, repeat($._modifier)),

    // ------------------------------------------------------------------------------ expressions

    _expression: $ => choice($.or, $.and, $.not, $.test, $._sum),
    or: $ => prec.left(PREC.or, seq($._expression, kw('or'), $._expression)),
    and: $ => prec.left(PREC.and, seq($._expression, kw('and'), $._expression)),
    not: $ => prec(PREC.not, seq(kw('not'), $._expression)),
    // A sum and what is asked of it.
    test: $ => prec.right(PREC.tail, seq($._sum, repeat1($._tail))),
    // The subject left out in `, or < 3.0 mg/dL when ..`.
    elided: $ => prec.right(PREC.tail, seq($._first_tail, repeat($._tail))),

    _sum: $ => choice($.binary, $.minus, $._atom),
    binary: $ => choice(
      prec.left(PREC.add, seq($._sum, choice('+', '-'), $._sum)),
      prec.left(PREC.multiply, seq($._sum, choice('*', '/', '×', '÷', 'x'), $._sum)),
      prec.left(PREC.power, seq($._sum, choice('^', '**'), $._sum)),
    ),
    minus: $ => prec(PREC.minus, seq('-', $._sum)),

    _atom: $ => choice(
      $.parenthesized, $.literal, $.call, $.level, $.term, $.block, $.counted, $.daily_dose, $.judged, $.todo, $.conditional,
    ),
    parenthesized: $ => seq('(', $._expression, ')'),
    literal: $ => choice($.titre, seq($.number, optional(choice($.unit, $.limit)))),
    limit: _ => seq(choice('x', '×'), choice('ULN', 'LLN', kw('uln'), kw('lln'))),
    call: $ => prec(PREC.call, seq(
      field('function', choice(oneOf('min', 'max'), 'completed_years')), '(', list($._expression), ')',
    )),
    level: $ => prec(PREC.call, seq(oneOf('class', 'grade'), $.code)),
    term: $ => choice(
      prec.right(seq($.name, optional($.by_attribute), optional($.filter))),
      prec.right(seq($.name_set, optional($.by_attribute), optional($.filter))),
    ),
    counted: $ => prec.right(seq(
      repeat1($.prefix), choice($.name, $.name_set, $.daily_dose), optional($.by_attribute), optional($.filter),
    )),
    by_attribute: $ => seq(kw('by'), $.name),
    // `daily dose of glucocorticoid (route is oral) as prednisone at screening`
    daily_dose: $ => prec.right(seq(
      kw('daily'), kw('dose'), kw('of'), choice($.name, $.name_set), optional($.filter),
      optional(seq(kw('as'), field('reference', $.name))),
      optional(choice(seq(kw('at'), $._anchor_name), $.within)),
    )),
    prefix: $ => choice(
      oneOf('prior', 'current', 'planned', 'no', 'any', 'latest', 'highest', 'lowest', 'every', 'distinct'),
      seq(kw('at'), oneOf('least', 'most'), $.number),
      seq(kw('exactly'), $.number),
      prec.dynamic(1, oneOf('first', 'consecutive')),
    ),
    name_set: $ => seq('{', list($.name), '}'),
    filter: $ => seq('(', $._expression, ')'),
    block: $ => seq($.quantifier, kw('of'), '{', list($._expression), '}'),
    quantifier: $ => choice(
      oneOf('any', 'all', 'none'),
      seq(kw('at'), oneOf('least', 'most'), $.number),
      seq(kw('exactly'), $.number),
    ),
    judged: $ => prec.right(seq(kw('judged'), $.text, optional(seq(kw('by'), field('by', $.name))))),
    todo: $ => seq(kw('todo'), $.text),
    conditional: $ => prec.right(PREC.conditional, seq(
      kw('if'), field('condition', $._expression),
      kw('then'), field('then', $._expression),
      kw('else'), field('else', $._expression),
    )),

    _first_tail: $ => choice($.compare, $.is, $.in, $.between, $.within),
    _tail: $ => choice($._first_tail, $.point, $.apart, $.beyond, $.throughout, $.lasting, $.gaps, $.one_entry, $.except),
    compare: $ => prec.right(PREC.tail, seq(
      field('operator', choice('>=', '≥', '<=', '≤', '==', '!=', '≠', '>', '<')), $._sum,
    )),
    is: $ => seq(kw('is'), optional(kw('not')), choice($.level_value, $.code)),
    in: $ => seq(optional(kw('not')), kw('in'), choice($.code_set, alias($._bare_unit, $.unit), $.unit, $.bracket_unit)),
    between: $ => prec.right(PREC.tail, seq(kw('between'), $._sum, kw('and'), $._sum)),
    within: $ => prec.right(seq(kw('within'), $.length, optional(seq($.side, optional($._anchor_name))))),
    point: $ => seq(oneOf('before', 'after', 'at'), $._anchor_name),
    beyond: $ => prec.right(seq(
      choice(seq(kw('more'), kw('than')), seq(kw('at'), kw('least'))),
      $.length, optional(seq($.side, optional($._anchor_name))),
    )),
    apart: $ => seq(kw('at'), kw('least'), $.length, kw('apart')),
    throughout: $ => prec.right(seq(
      kw('for'), kw('at'), kw('least'), $.length, optional(seq(alias(kw('before'), $.side), optional($._anchor_name))),
    )),
    lasting: $ => seq(
      kw('lasting'), choice(seq(kw('at'), kw('least')), seq(kw('more'), kw('than'))), $.length,
    ),
    gaps: $ => seq(kw('with'), kw('gaps'), kw('of'), kw('up'), kw('to'), $.length),
    one_entry: _ => seq(kw('in'), kw('one'), kw('entry')),
    except: $ => seq(kw('except'), $.filter),
    side: _ => oneOf('before', 'after', 'of'),
    length: $ => prec.right(seq($.number, optional(alias($._word, $.unit)))),
    _anchor_name: $ => choice(field('anchor', alias($._word, $.anchor_name)), $.entry_point),
    // `last lupus_flare (grade >= 2)`, `end of first { stroke, tia }`
    entry_point: $ => prec.right(seq(
      optional(seq('end', kw('of'))), oneOf('first', 'last'), choice($.name, $.name_set), optional($.filter),
    )),

    code_set: $ => seq('{', list(choice($.level_value, $.code)), '}'),
    // `grade 1` where a value stands.
    level_value: $ => seq(oneOf('class', 'grade'), $.code),

    // --------------------------------------------------------------------------------- examples

    example: $ => seq(
      kw('example'), field('name', $.text),
      optional(seq(kw('like'), field('like', $.text))),
      $.fields,
      optional($.expectations),
    ),
    fields: $ => seq('{', repeat(seq($.field, optional(','))), '}'),
    field: $ => seq(
      choice(field('name', $._key), seq(kw('judged'), $.id)),
      ':', field('value', $._value),
    ),
    // With a colon behind it, any word is a key.
    _key: $ => choice(alias(reserved('none', $._word), $.key), alias(choice(...words.statement), $.key)),
    _value: $ => seq(
      choice(
        $.level_value, alias($._word_code, $.code), alias($._long_date, $.date), $.measured, $.fields, $.values, $.text,
      ),
      repeat(choice($.value_at, $.value_limit, $.value_attributes)),
    ),
    _word_code: $ => reserved('connective', $._word),
    measured: $ => seq(
      optional(field('operator', choice('>=', '≥', '<=', '≤', '>', '<'))), choice($.titre, seq($.signed_number, optional($.unit))),
    ),
    value_at: $ => seq(kw('at'), $.date),
    value_limit: $ => seq(oneOf('uln', 'lln'), $.signed_number),
    value_attributes: $ => seq('(', list($.field), ')'),
    values: $ => seq('[', list($._value), ']'),
    expectations: $ => seq(kw('expect'), choice($.outcome, $.verdict), repeat(seq(',', choice($.outcome, $.verdict))), optional(',')),
    outcome: $ => seq($.id, $.code),
    verdict: $ => seq(kw('verdict'), $.code, optional(seq(kw('at'), $._anchor_name))),
  },
});

const unused = [...known].filter(word => !used.has(word));
if (unused.length > 0) throw new Error(`words of grammar/elig.pest that no rule uses: ${unused.join(', ')}`);

module.exports = grammarOfElig;
