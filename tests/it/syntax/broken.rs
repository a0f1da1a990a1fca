//! Every broken form gives the stated code at the stated text, and nothing else.

use super::{findings, parsed, sexpr};

/// The only finding is `code` under `text`.
#[track_caller]
fn breaks(source: &str, wanted: &str) {
    assert_eq!(findings(source), [wanted], "{source}");
}

/// All findings, in order of place.
#[track_caller]
fn breaks_all(source: &str, wanted: &[&str]) {
    assert_eq!(findings(source), wanted, "{source}");
}

/// What is still understood.
#[track_caller]
fn keeps(source: &str, wanted: &str) {
    let all: Vec<String> = parsed(source).file.statements.iter().map(sexpr::statement).collect();
    assert_eq!(all.join(" ; "), wanted, "{source}");
}

#[test]
fn missing_values() {
    breaks("require x >=", "E0111 >=");
    breaks("require x >= when y", "E0111 >=");
    breaks("require x >= and y", "E0111 >=");
    breaks("require x >= 1 +", "E0111 +");
    breaks("require a and", "E0111 and");
    breaks("require a or or b", "E0111 or");
    breaks("require not", "E0111 not");
    breaks("require x is", "E0111 is");
    breaks("require x is not, or y when z", "E0111 not");
    breaks("require x between 1", "E0111 1");
    breaks("require x between 1 and", "E0111 and");
    breaks("require x between and 3", "E0111 between");
    breaks("require x between 1 to 3", "E0115 to");
    breaks("require x in", "E0111 in");
    breaks("require prior", "E0111 prior");
    breaks("require prior within 2 weeks of a", "E0111 prior");
    breaks("require k within", "E0111 within");
    breaks("require k within six months before a", "E0116 six");
    breaks("require k before", "E0111 before");
    breaks("require k except site is x", "E0119 site is x");
    breaks("require k more than 6 months", "E0402 6 months");
    breaks("require k more 6 months before a", "E0111 more");
    breaks("require k more than 6 months of a", "E0122 of");
    breaks("require k at most 6 months before a", "E0116 at most");
    breaks("require k less than 6 months before a", "E0116 less than");
    breaks("require k for at least 2 months", "E0122 for at least 2 months");
    breaks("require k for 2 months before a", "E0116 for 2 months before a");
    breaks("require k lasting 2 months", "E0111 2");
    breaks("require judged", "E0111 judged");
    breaks("require judged \"x\" by", "E0111 by");
    breaks("require todo", "E0111 todo");
    breaks("require if a then b", "E0117 if");
    breaks("require if a b else c", "E0111 b");
    breaks("require min()", "E0111 min()");
    breaks("require ()", "E0111 ()");
    breaks("require any of {}", "E0111 {");
    breaks("require any of a", "E0119 any of");
    breaks("require all { a }", "E0111 all");
    breaks("require at least two of { a }", "E0117 at least two of");
    breaks("require at least 2.5 of { a }", "E0107 2.5");
    breaks("require", "E0111 require");
    breaks("require [I1]", "E0111 require");
    breaks("require [] a", "E0111 [");
    breaks("require [I 1] a", "E0113 1");
    breaks("require a, or b", "E0112 ,");
    breaks("require a unless", "E0111 unless");
    breaks("require a when b when c", "E0121 when");
    breaks("define x", "E0111 x");
    breaks("define x =", "E0111 =");
    breaks("define = 3", "E0111 =");
    breaks("note [E1]", "E0111 ]");
    breaks("use", "E0111 use");
    breaks("anchor", "E0111 anchor");
    breaks("anchor a after", "E0111 after");
    breaks("unit cells = /uL", "E0111 cells");
    breaks("unit \"c\" /uL", "E0111 /");
    breaks("unit \"c\" =", "E0111 =");
}

#[test]
fn stray_text() {
    breaks("require a b", "E0112 b");
    breaks("require a b c d", "E0117 a b c d");
    breaks("require a witin 6 months before b", "E0120 witin");
    breaks("require a \"text\"", "E0118 \"text\"");
    breaks("require \"text\"", "E0118 \"text\"");
    breaks("require a, b", "E0112 ,");
    breaks("require (a, b)", "E0112 ,");
    breaks("require a;", "E0113 ;");
    breaks("require a.", "E0113 .");
    breaks("require: a", "E0105 require");
    breaks("require [I1]: a", "E0113 :");
    breaks("require a $ b", "E0113 $");
    breaks("require 年龄 >= 18", "E0113 年龄");
    breaks("require I5 a", "E0119 I5");
    breaks("require none", "E0111 none");
    breaks("require then", "E0113 then");
    breaks("require >= 3", "E0114 >=");
    breaks("require x >= 1 and <= 2", "E0114 <=");
    breaks("require 18 <= age <= 70", "E0121 <=");
    breaks("require x in kg not in kg", "E0111 kg");
    breaks("require a)", "E0113 )");
    breaks("require any of { a ) }", "E0113 )");
    breaks("use sle, other", "E0112 ,");
    breaks("trial X { phase 1/2 }", "E0113 /");
    keeps("require a b c\nrequire d", "require BROKEN ; require d");
}

#[test]
fn lists() {
    breaks("require any of { a\n b }", "E0111 b");
    breaks("require any of { a, , b }", "E0111 ,");
    breaks("require any of { , a }", "E0111 ,");
    breaks("require x in {a b}", "E0111 b");
    breaks("require prior {a b}", "E0111 b");
    keeps("require any of { a, b >= , c }", "require (any a BROKEN c)");
    breaks_all(
        "require any of { a = 1, b >= , c d, e is , any of { f => 2, $ }, g }",
        &["E0106 =", "E0111 >=", "E0112 d", "E0111 is", "E0106 =>", "E0113 $"],
    );
    breaks_all(
        "event e { a: yes_no b: date, c, d: integer, f: one of {x y} }",
        &["E0111 b", "E0111 c", "E0111 integer", "E0111 y"],
    );
    keeps("event e { a: yes_no b: date, c, d: integer }", "event e {a: yes_no; b: date}");
    breaks_all(
        "example \"e\" { a 7, b: \"x\", c = 3, d: 1,000 mg, e: , f: 1 }",
        &["E0111 7", "E0118 \"x\"", "E0106 =", "E0107 1,000", "E0111 :"],
    );
    keeps("example \"e\" { a: 7, e: , f: 1 }", "example <e> {a=7 f=1}");
    breaks("group g { a b }", "E0111 b");
    breaks("group g { a, 3, b }", "E0113 3");
    breaks("group g", "E0111 g");
}

#[test]
fn brackets_left_open() {
    breaks("require any of { a, b", "E0102 {");
    breaks("require (a or b", "E0102 (");
    breaks("require [I1 a", "E0102 [");
    breaks("require k (grade >= 2", "E0102 (");
    breaks("fact x: quantity [mg/dL\nfact y: yes_no", "E0102 [");
    breaks("require judged \"abc\nrequire b", "E0102 \"");
    breaks("require judged \"abc", "E0102 \"");
    breaks("trial X { phase 1", "E0102 {");
    breaks("event e { a: yes_no", "E0102 {");
    breaks("group g { a, b", "E0102 {");
    breaks("example \"e\" { a: 1 expect I7 pass", "E0102 {");
    breaks("require x in {a, b", "E0102 {");
    breaks("require any of { k (grade >= 2, b }", "E0102 (");
    breaks("require any of { (a or b }", "E0102 (");
    // Two left open at one place are one mistake.
    breaks("exclude any of { (a\nrequire b", "E0102 (");
    breaks_all("require [\nrequire [I2] b", &["E0111 require", "E0111 [", "E0102 ["]);
    keeps("require [\nrequire [I2] b", "require BROKEN ; require [I2] b");
    keeps("require a\nreq\n# so far\nrequire b", "require a ; require b");
    keeps("require judged\n\nrequire [I2] b", "require BROKEN ; require [I2] b");
    keeps("exclude [E1] any of { a, b\nrequire c\nrequire d", "exclude [E1] (any a b) ; require c ; require d");
    keeps("require judged \"abc\nrequire b", "require judged<abc> ; require b");
    keeps("example \"e\" { a: 1 expect I7 pass", "example <e> {a=1} I7:pass");
    breaks_all("exclude any of { a\ninclude [I1] b", &["E0102 {", "E0105 include"]);
}

#[test]
fn statement_words() {
    breaks("requre x >= 8", "E0105 requre");
    keeps("requre x >= 8", "require (x [Ge 8])");
    keeps("require a\nexclud [E1] b\nrequire c", "require a ; exclude [E1] b ; require c");
    breaks("require a\nexclud [E1] b\nrequire c", "E0105 exclud");
    breaks("include [I1] b", "E0105 include");
    keeps("include [I1] b", "require [I1] b");
    keeps("REQUIRE a\nExclude b", "require a ; exclude b");
    breaks_all("REQUIRE a\nExclude b", &["E0105 REQUIRE", "E0105 Exclude"]);
    breaks("lab x: yes_no", "E0105 lab");
    keeps("lab x: yes_no", "fact x: yes_no");
    breaks("sledai2k >= 8", "E0105 sledai2k");
    breaks("sledai2k >= 8\nrequire b", "E0105 sledai2k");
    keeps("sledai2k >= 8\nrequire b", "require b");
    breaks("import sle", "E0105 import");
    breaks_all("requre a =", &["E0105 requre", "E0111 =", "E0106 ="]);
}

#[test]
fn operators() {
    breaks("require x = 8", "E0106 =");
    keeps("require x = 8", "require (x [Eq 8])");
    breaks("require x => 8", "E0106 =>");
    keeps("require x => 8", "require (x [Ge 8])");
    breaks("require x =< 8", "E0106 =<");
    breaks("require x <> 8", "E0106 <>");
    breaks("require x ≧ 8", "E0106 ≧");
    breaks("require a && b", "E0106 &&");
    breaks("require a || b", "E0106 ||");
    breaks("require !a", "E0106 !");
    keeps("require a && !b || c", "require (or (and a (not b)) c)");
    breaks("define x := 3", "E0106 :=");
    breaks("define x = 3 × y", "E0106 ×");
    breaks("define x = weight²", "E0106 ²");
    breaks("define x = a ** 2", "E0106 **");
    breaks("require k within 6 months prior to a", "E0106 prior to");
    keeps("require k within 6 months prior to a", "require (k [within 6months before a])");
}

#[test]
fn look_alikes() {
    breaks_all("require （a or b）", &["E0106 （", "E0106 ）"]);
    breaks("require x ＞＝ 3", "E0106 ＞＝");
    breaks("require todo “later”", "E0106 “later”");
    keeps("require todo “later”", "require todo<later>");
    breaks("define x = 3 – y", "E0106 –");
    keeps("define x = 3 – y", "define x (- 3 y)");
    breaks("require any of { a， b }", "E0106 ，");
    keeps("require any of { a， b }", "require (any a b)");
    breaks("require x >= １８", "E0106 １８");
    keeps("require x >= １８ years", "require (x [Ge 18'years'])");
}

#[test]
fn capitals() {
    breaks("require a AND b", "E0120 AND");
    breaks_all("require a AND b Or c", &["E0120 AND", "E0120 Or"]);
    keeps("require a AND b Or c", "require (or (and a b) c)");
    breaks_all("exclude k WITHIN 6 months BEFORE screening", &["E0120 WITHIN", "E0120 BEFORE"]);
    keeps("exclude k WITHIN 6 months BEFORE screening", "exclude (k [within 6months before screening])");
}

#[test]
fn numbers_and_dates() {
    breaks("require x >= 20,000 /uL", "E0107 20,000");
    keeps("require x >= 20,000 /uL", "require (x [Ge 20000'/uL'])");
    breaks("require x >= 2,5 mg/dL", "E0107 2,5");
    breaks("require x >= 20 000 /uL", "E0107 20 000");
    breaks("require x >= .5", "E0107 .5");
    breaks("example \"e\" { a: 2026-3-1 }", "E0107 2026-3-1");
    breaks("example \"e\" { a: 2026-03-01T9:00 }", "E0107 2026-03-01T9:00");
    breaks("fact g: grade 5..0", "E0107 5..0");
    breaks("fact g: grade 0..999999999", "E0107 0..999999999");
    breaks("fact g: grade 0..2.5", "E0107 0..2.5");
}

#[test]
fn declarations() {
    breaks("fact", "E0111 fact");
    breaks("fact x", "E0111 x");
    breaks("fact x:", "E0111 :");
    breaks("fact x: number", "E0111 number");
    breaks("fact x: quantity mg/dL", "E0111 mg");
    breaks("fact x: quantity", "E0111 quantity");
    breaks("fact x: quantity []", "E0111 [");
    breaks("fact x: score", "E0111 score");
    breaks("fact x: score 0-105", "E0111 -");
    breaks("fact x: one {a}", "E0111 one");
    breaks("fact x: class I < II > III", "E0121 >");
    breaks("fact x: yes_no posible 0..10", "E0120 posible");
    breaks("fact x: yes_no absent means", "E0111 means");
    breaks("fact x: yes_no loinc", "E0111 loinc");
    breaks("fact x: quantity [mg/dL] molar 5", "E0111 5");
    keeps("fact x: quantity [mg/dL] posible 0..10 uln", "fact x: quantity 'mg/dL' uln");
    breaks("fact no: yes_no", "E0111 fact");
    let parsed = parsed("fact x: number event e { a: bool }");
    let broken: Vec<&str> = parsed.file.broken.iter().map(|name| name.text.as_str()).collect();
    assert_eq!(broken, ["x", "a"]);
}

#[test]
fn expectations() {
    breaks("example \"e\" {} expect", "E0111 expect");
    breaks("example \"e\" {} expect I7", "E0111 I7");
    breaks("example \"e\" {} expect eligible", "E0111 eligible");
    breaks("example \"e\" {} expect I7 pass E8 fail", "E0111 E8");
    breaks("example \"e\"", "E0111 \"e\"");
    breaks("example { a: 1 }", "E0111 example");
}

#[test]
fn every_independent_error_of_a_file_is_reported() {
    let source = "requre a >= 1
        require [I1] b = 2
        require [I2] any of { c is , d within six months before e, f }
        exclude [E1] any of { g, h
        require [I3] platelets >= 20,000 /uL
        fact x: number
        require [I4] i AND j
        note [E2]
        require [I5] k))
        require [I6] l";
    breaks_all(
        source,
        &[
            "E0105 requre",
            "E0106 =",
            "E0111 is",
            "E0116 six",
            "E0102 {",
            "E0107 20,000",
            "E0111 number",
            "E0120 AND",
            "E0111 ]",
            "E0113 )",
            "E0113 )",
        ],
    );
}

/// A long text is read in stretches side by side: each mistake keeps its place, and the statements their order.
#[test]
fn a_long_text_is_read_as_a_short_one() {
    let statement =
        |number: usize| format!("## µ {number}\nrequire [I{number}] ana is positive and sledai2k = {number}\n");
    let text: String = (0..4_000).map(statement).collect();
    assert!(text.len() > 8 * 24 * 1024, "{} bytes are read in one go", text.len());
    let parsed = eligc::syntax::parse(eligc::source::FileId(0), &text);
    assert_eq!(parsed.file.statements.len(), 4_000);
    assert_eq!(parsed.diagnostics.len(), 4_000);
    for (number, (read, found)) in parsed.file.statements.iter().zip(&parsed.diagnostics).enumerate() {
        assert_eq!(read.doc.as_deref(), Some(format!("µ {number}").as_str()));
        let statement = text.get(read.span.range()).unwrap_or_default();
        assert!(statement.starts_with(&format!("require [I{number}]")), "{number}");
        let behind = text.get(found.primary.span.range().start..).unwrap_or_default();
        assert!(behind.starts_with(&format!("= {number}\n")), "{number}");
    }
}
