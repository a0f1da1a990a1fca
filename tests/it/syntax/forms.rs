//! Every form parses, and means what it should.

use super::{parsed, sexpr};

/// `text` parses without a finding and reads as `wanted`, statements joined by ` ; `.
#[track_caller]
fn reads(text: &str, wanted: &str) {
    let parsed = parsed(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    let all: Vec<String> = parsed.file.statements.iter().map(sexpr::statement).collect();
    assert_eq!(all.join(" ; "), wanted, "{text}");
}

/// A condition.
#[track_caller]
fn asks(text: &str, wanted: &str) {
    reads(&format!("require {text}"), &format!("require {wanted}"));
}

/// The unit behind a number.
#[track_caller]
fn unit(written: &str) {
    asks(&format!("x >= 5 {written}"), &format!("(x [Ge 5'{written}'])"));
    reads(&format!("fact x: quantity [{written}]"), &format!("fact x: quantity '{written}'"));
    reads(&format!("example \"e\" {{ x: 5 {written} y: 2 }}"), &format!("example <e> {{x=5'{written}' y=2}}"));
    reads(&format!("unit \"s\" = {written} use sle"), &format!("unit <s> '{written}' ; use sle"));
}

#[test]
fn logic() {
    asks("a", "a");
    asks("a and b or c and not d", "(or (and a b) (and c (not d)))");
    asks("not not a", "(not (not a))");
    asks("not a within 2 weeks of screening", "(not (a [within 2weeks of screening]))");
    asks("(a or b) and c", "(and (or a b) c)");
    asks("any of { a, b and c, }", "(any a (and b c))");
    asks("all of {a} and none of {b,c}", "(and (all a) (none b c))");
    asks("at least 2 of {a, b}", "(atleast(2) a b)");
    asks("at most 1 of {a, b} or exactly 1 of {c}", "(or (atmost(1) a b) (exactly(1) c))");
    asks("any of { any of { any of { a } } }", "(any (any (any a)))");
}

#[test]
fn comparisons() {
    asks("x >= 7", "(x [Ge 7])");
    asks("x ≥ 7 and x ≤ 8 and x ≠ 9", "(and (x [Ge 7]) (x [Le 8]) (x [Ne 9]))");
    asks("x>7 or x<8 or x==9 or x!=1", "(or (x [Gt 7]) (x [Lt 8]) (x [Eq 9]) (x [Ne 1]))");
    asks("age at consent between 18 and 70 years", "(age [at consent] [between 18 70'years'])");
    asks("age between 18 years and 70 years and b", "(and (age [between 18'years' 70'years']) b)");
    asks("18 years <= age", "(18'years' [Le age])");
    asks("ana is positive and ana is not negative", "(and (ana [is positive]) (ana [isnt negative]))");
    asks("nyha is class III", "(nyha [is class:III])");
    asks("x in {echo, muga} or x not in {a}", "(or (x [in echo,muga]) (x [notin a]))");
    asks("x in {class III, grade 2, no}", "(x [in class:III,grade:2,no])");
    asks("dyspnea <= grade 1", "(dyspnea [Le grade:1])");
    asks("k (nyha >= class III)", "k ((nyha [Ge class:III]))");
    asks("alt <= 2.5 x ULN", "(alt [Le 2.5Uln])");
    asks("alt <= 2.5xULN or c3 >= 0.8 × LLN", "(or (alt [Le 2.5Uln]) (c3 [Ge 0.8Lln]))");
    asks("alt <= 3 ULN", "(alt [Le 3Uln])");
    asks("x >= y + 1", "(x [Ge (+ y 1)])");
    asks("bilag2004 (score >= B)", "bilag2004 ((score [Ge B]))");
    asks("grade >= 2 and class == 3", "(and (grade [Ge 2]) (class [Eq 3]))");
}

#[test]
fn clauses() {
    asks("a unless b", "a unless b");
    asks("a when b and c", "a when (and b c)");
    asks(
        "total_bilirubin < 2.0 mg/dL, or < 3.0 mg/dL when gilbert_syndrome",
        "(total_bilirubin [Lt 2.0'mg/dL']) | (_ [Lt 3.0'mg/dL']) when gilbert_syndrome",
    );
    asks("a, or b when c, or d when e unless f", "a | b when c | d when e unless f");
    reads("exclude [E7.1-b_2] a", "exclude [E7.1-b_2] a");
    reads("require [ I5.1 ] a", "require [I5.1] a");
}

#[test]
fn arithmetic() {
    asks("x >= 1 + 2 * 3 ^ 2 - 4", "(x [Ge (- (+ 1 (* 2 (^ 3 2))) 4)])");
    asks("x >= 2 ^ 3 ^ 2", "(x [Ge (^ 2 (^ 3 2))])");
    asks("x >= -2 ^ 2 + -y", "(x [Ge (+ (neg (^ 2 2)) (neg y))])");
    asks("x >= 2 ^ -1", "(x [Ge (^ 2 (neg 1))])");
    asks("x >= 12 / 3 / 2 - 1 - 1", "(x [Ge (- (- (/ (/ 12 3) 2) 1) 1)])");
    asks("a + b >= 3 within 2 weeks before c", "((+ a b) [Ge 3] [within 2weeks before c])");
    reads(
        "define cg = (140 - age in a) * weight / (72 * creatinine)",
        "define cg (/ (* BROKEN weight) (* 72 creatinine))".replace("BROKEN", "((- 140 age) [as a])").as_str(),
    );
    reads("define bmi = weight / height^2", "define bmi (/ weight (^ height 2))");
    reads("define d = 1000 / weight", "define d (/ 1000 weight)");
    reads("define m = min(a, b + 1) * max(c)", "define m (* (min a (+ b 1)) (max c))");
    reads("define w = (weight in kg) * 2", "define w (* (weight [as kg]) 2)");
    reads("define i = if sex is female then 0.85 else 1", "define i (if (sex [is female]) 0.85 1)");
    reads("define i = if a then 1 else if b then 2 else 3", "define i (if a 1 (if b 2 3))");
    reads("define p = 0.993 ^ (age in years)", "define p (^ 0.993 (age [as years]))");
}

#[test]
fn terms() {
    asks("prior car_t", "prior car_t");
    asks("no planned k and no k", "(and no planned k no k)");
    asks("at least 2 distinct prior immunosuppressant", "atleast(2) distinct prior immunosuppressant");
    asks("at least 2 bilag2004 (score >= B)", "atleast(2) bilag2004 ((score [Ge B]))");
    asks("exactly 1 k or at most 2 k", "(or exactly(1) k atmost(2) k)");
    asks("prior {a, b} (dose >= 5 mg/day)", "prior {a,b} ((dose [Ge 5'mg/day']))");
    asks("{a, b}", "{a,b}");
    asks("latest x >= 1 and every y < 2", "(and (latest x [Ge 1]) (every y [Lt 2]))");
    asks("highest x > 1 or lowest x < 1 or any x == 1", "(or (highest x [Gt 1]) (lowest x [Lt 1]) (any x [Eq 1]))");
    asks("latest bilag2004 by organ (score is A)", "latest bilag2004 by organ ((score [is A]))");
    asks("at least 2 distinct latest {a, b} by c", "atleast(2) distinct latest {a,b} by c");
    asks("any latest x by specimen (y) > 100 or k by c", "(or (any latest x by specimen (y) [Gt 100]) k by c)");
    asks("at least 2 consecutive x >= 1 and first x < 2", "(and (atleast(2) consecutive x [Ge 1]) (first x [Lt 2]))");
    asks("at least 2 x is a at least 12 weeks apart", "(atleast(2) x [is a] [apart 12weeks])");
    asks("first >= 1 or consecutive or apart < 2", "(or (first [Ge 1]) consecutive (apart [Lt 2]))");
    asks("any k and any of {k}", "(and any k (any k))");
    asks("minimum >= 1 and max_dose >= 2", "(and (minimum [Ge 1]) (max_dose [Ge 2]))");
    asks("judged \"fit\" by sponsor or judged \"x\"", "(or judged<fit>sponsor judged<x>)");
    asks("todo \"later\"", "todo<later>");
}

#[test]
fn windows() {
    asks("k within 6 months before screening", "(k [within 6months before screening])");
    asks("k within 12 weeks after infusion", "(k [within 12weeks after infusion])");
    asks("k within 4 weeks of screening", "(k [within 4weeks of screening])");
    asks("k within 4 weeks before and b", "(and (k [within 4weeks before -]) b)");
    asks("k within 4 weeks", "(k [within 4weeks ? -])");
    asks("k within 4 before a", "(k [within 4? before a])");
    asks("k within 5 half_lives before a", "(k [within 5half_lives before a])");
    asks("k within 48 hours before a", "(k [within 48hours before a])");
    asks("k before a or k after b or k at c", "(or (k [before a]) (k [after b]) (k [at c]))");
    asks("k more than 6 months before a", "(k [> 6months before a])");
    asks("k at least 2 weeks before a", "(k [>= 2weeks before a])");
    asks("k at least 2 weeks after", "(k [>= 2weeks after -])");
    asks("k for at least 2 months before a", "(k [through 2months a])");
    asks("k for at least 2 months before", "(k [through 2months -])");
    asks("k lasting at least 14 days", "(k [lasting >= 14days])");
    asks("k lasting more than 2 d within 6 months before a", "(k [lasting > 2d] [within 6months before a])");
    asks(
        "malignancy within 2 years before consent except (site in {skin} and cured)",
        "(malignancy [within 2years before consent] [except (and (site [in skin]) cured)])",
    );
    asks("g (dose_since at least 2 weeks before screening)", "g ((dose_since [>= 2weeks before screening]))");
    asks(
        "lvef (method in {echo}) >= 40 % within 8 weeks before s",
        "(lvef ((method [in echo])) [Ge 40'%'] [within 8weeks before s])",
    );
}

#[test]
fn units() {
    for written in [
        "x10^9/L",
        "×10⁹/L",
        "x 10^9/L",
        "10*9/L",
        "10^9/L",
        "10⁹/L",
        "/uL",
        "/µL",
        "/μL",
        "mg/dL",
        "mg/day",
        "mg/kg/day",
        "mL/min/{1.73_m2}",
        "mL/min/1.73m2",
        "mL/min/1.73 m2",
        "mL/min/1.73 m²",
        "[iU]/L",
        "[IU]/mL",
        "IU/mL",
        "U/L",
        "%",
        "mm[Hg]",
        "mmHg",
        "kPa",
        "years",
        "months",
        "cells/uL",
        "copies/mL",
        "{copies}/mL",
        "g/mol",
        "kg/m2",
        "kg/m^2",
        "kg/m²",
        "m[IU]/mL",
        "umol/L",
        "µmol/L",
        "meq/L",
        "g.m-2",
        "10*3/uL",
        "d",
        "a",
        "wk",
        "°C",
        "mg/g",
        "ng/mL",
        "{INR}",
        "/10*6{cells}",
    ] {
        unit(written);
    }
    asks("x >= 5mg/dL", "(x [Ge 5'mg/dL'])");
    asks("x >= 150x10^9/L", "(x [Ge 150'x10^9/L'])");
    asks("x >= 60\n  mg/dL", "(x [Ge 60'mg/dL'])");
    asks("any of { x >= 7 # seven\n, y }", "(any (x [Ge 7]) y)");
    reads("fact x: quantity [1] uln", "fact x: quantity '1' uln");
}

#[test]
fn numbers() {
    asks("x >= 20_000 /uL", "(x [Ge 20000'/uL'])");
    asks("x >= 1e6", "(x [Ge 1e6])");
    asks("x >= 1e6 copies/mL", "(x [Ge 1e6'copies/mL'])");
    asks("x >= 2.5e-3", "(x [Ge 2.5e-3])");
    asks("x >= 0.5", "(x [Ge 0.5])");
}

#[test]
fn declarations() {
    reads(
        "fact platelets: quantity [10*9/L] possible 0..5000 plausible 5..1500   loinc \"777-3\" \"26515-7\"",
        "fact platelets: quantity '10*9/L' possible 0..5000 plausible 5..1500 loinc 777-3,26515-7",
    );
    reads("fact s: score 0..105", "fact s: score 0..105");
    reads("fact pga: score 0..3 step 0.1", "fact pga: score 0..3 step 0.1");
    reads("fact t: score -3..3", "fact t: score -3..3");
    reads(
        "fact b: quantity [mg/dL] molar 584.66 g/mol uln lln",
        "fact b: quantity 'mg/dL' molar 584.66'g/mol' uln lln",
    );
    reads("fact a: quantity [U/L] equates [[iU]/L]", "fact a: quantity 'U/L' equates '[iU]/L'");
    reads("fact a: quantity [[IU]/mL]", "fact a: quantity '[IU]/mL'");
    reads("fact n: class I < II < III < IV", "fact n: class I,II,III,IV");
    reads("fact o: ordinal A > B > C", "fact o: ordinal C,B,A");
    reads("fact g: grade 0..5", "fact g: grade 0,1,2,3,4,5");
    reads("fact a: one of { positive, negative }", "fact a: one_of positive,negative");
    reads("fact y: yes_no absent means no", "fact y: yes_no absent_no");
    reads("fact d: date timeless", "fact d: date timeless");
    reads(
        "fact c: quantity [mL/min] else creatinine_clearance_cg",
        "fact c: quantity 'mL/min' else creatinine_clearance_cg",
    );
    reads(
        "fact lvef: quantity [%] { method: one of {echo, muga} } loinc \"1\" source \"s\"",
        "fact lvef: quantity '%' {method: one_of echo,muga} loinc 1 @s",
    );
    reads(
        "event e event f { site: one of {a, b}, cured: yes_no absent means no, }",
        "event e ; event f {site: one_of a,b; cured: yes_no absent_no}",
    );
    reads("condition copd snomed \"1\"", "condition copd snomed 1");
    reads("drug m half_life 11 d rxnorm \"1\" atc \"L04\" source \"x\"", "drug m half_life 11'd' rxnorm 1 atc L04 @x");
    reads(
        "event i { half_life: quantity [d], kind: one of {a}, to: date, uln: yes_no }",
        "event i {half_life: quantity 'd'; kind: one_of a; to: date; uln: yes_no}",
    );
    reads("group g atc \"L04\" { a, b, }", "group g atc L04 {a,b}");
    reads("unit \"cells/mcL\" = /uL", "unit <cells/mcL> '/uL'");
    reads("anchor infusion anchor d \"day 0\" after infusion", "anchor infusion ; anchor d <day 0> after infusion");
    reads("vocabulary sle \"t\" use sle use \"./site.elig\"", "vocabulary sle <t> ; use sle ; use <./site.elig>");
    reads("note [E7.1] \"taper\" note \"x\"", "note [E7.1] <taper> ; note <x>");
}

#[test]
fn trials() {
    reads(
        "trial NCT06297408 \"T\" { sponsor \"S\" phase 1 source \"C\" as of 2024-03 anchor screening product \"p\" }",
        "trial NCT06297408 <T> {sponsor=<S> phase=1 source=<C>@2024-03 anchor=screening product=<p>}",
    );
    reads("trial \"T\" {} trial X", "trial - <T> {} ; trial X {}");
    reads("trial X { phase 2a, date 2024-03-01 } anchor y", "trial X {phase=2a date=2024-03-01} ; anchor y");
}

#[test]
fn examples() {
    reads(
        "example \"e\" like \"o\" { screening: 2026-03-01 sledai2k: 7, platelets: 150 x10^9/L at 2026-02-27
           judged E18: no judged E14#2: yes # a comment
           malignancy: { start: 2024-06, site: cervix_in_situ, end: running }
           alt: 30 U/L uln 40 lln 5 at 2026
           lvef: 60 % (method: echo, room_air: yes)
           hgb: [ { value: 9 }, < 9 g/dL ] nyha: class III stroke: none x: unknown dyspnea: grade 1 year: 2026
         } expect I7 pass, E16 fail, I2 unknown, verdict eligible at screening, verdict undetermined",
        "example <e> like <o> {screening=<2026-03-01> sledai2k=7 platelets=150'x10^9/L'@2026-02-27 judged E18=no \
         judged E14#2=yes malignancy={start=<2024-06> site=cervix_in_situ end=running} alt=30'U/L'@2026 uln 40 lln 5 \
         lvef=60'%'(method=echo room_air=yes) hgb=[{value=9} Lt:9'g/dL'] nyha=class:III stroke=none x=unknown \
         dyspnea=grade:1 year=2026} I7:pass E16:fail I2:unknown verdict:eligible@screening verdict:undetermined",
    );
    reads(
        "example \"e\" { t: 2026-03-01T09:00 u: 2026-03-01T09:00:30+08:00 v: 2026-03-01T09:00Z w: -3 }",
        "example <e> {t=<2026-03-01T09:00> u=<2026-03-01T09:00:30+08:00> v=<2026-03-01T09:00Z> w=-3}",
    );
    reads("example \"e\" { drug: x, unit: y }", "example <e> {drug=x unit=y}");
}

#[test]
fn comments_and_doc_texts() {
    let text = "# head\n## first\n##  second\nrequire a # tail ## no\n\nevent e {\n  ## the site\n  site: yes_no,\n  b: date # ##\n}\nrequire b";
    reads(text, "##first\n second## require a ; event e {##the site## site: yes_no; b: date} ; require b");
    let comments: Vec<String> = parsed(text).file.comments.into_iter().map(|one| one.text).collect();
    assert_eq!(comments, ["# head", "## first", "##  second", "# tail ## no", "## the site", "# ##"]);
    reads("require a ## not the next one's\nrequire b", "require a ; require b");
    reads("## doc\n# plain\nrequire a", "require a");
}

#[test]
fn layout_does_not_matter() {
    let wanted = "require [I1] (and (x [Ge 7'mg/dL']) b) ; exclude a";
    for text in [
        "require [I1] x >= 7 mg/dL and b exclude a",
        "require\n[I1]\nx\n>=\n7\nmg/dL\nand\nb\nexclude\na\n",
        "\u{FEFF}require\t[I1]\r\n x >= 7 mg/dL\r\nand\u{A0}b\u{3000}exclude a",
        "require # c\n [ # c\n I1 # c\n ] # c\n x # c\n >= # c\n 7 # c\n mg/dL # c\n and # c\n b # c\n exclude a # c",
    ] {
        reads(text, wanted);
    }
}

#[test]
fn texts() {
    asks(r#"todo "a \"b\" \\ c\nd""#, "todo<a \"b\" \\ c\nd>");
    asks("todo \"one\n    two\r\n three\"", "todo<one two three>");
    asks("todo \"# no comment\"", "todo<# no comment>");
    asks("todo \"require x { (\"", "todo<require x { (>");
}

#[test]
fn spans_are_exact() {
    let text = "  require [I1] x >= 7 mg/dL within 2 weeks before a   # c\n\n## d\nexclude b";
    let parsed = parsed(text);
    let spans: Vec<&str> = parsed.file.statements.iter().filter_map(|one| text.get(one.span.range())).collect();
    assert_eq!(spans, ["require [I1] x >= 7 mg/dL within 2 weeks before a", "exclude b"]);
    let words: Vec<&str> = parsed.file.statements.iter().filter_map(|one| text.get(one.word.range())).collect();
    assert_eq!(words, ["require", "exclude"]);
}
