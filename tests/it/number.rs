//! Exact numbers: text round trips, agreement with doubles, and intervals against their points.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::cmp::Ordering;

use eligc::number::{Bound, Comparison, Interval, NumberError, Rational};
use proptest::prelude::*;

fn number(text: &str) -> Rational {
    Rational::parse(text).unwrap()
}

#[track_caller]
fn prints(text: &str, wire: &str) {
    let value = number(text);
    assert_eq!(value.to_string(), wire);
    assert_eq!(number(wire), value);
}

#[test]
fn decimals_print_without_exponent_and_trailing_zeros() {
    prints("34.2", "34.2");
    prints("-12.50", "-12.5");
    prints("-0.001", "-0.001");
    prints("1e-3", "0.001");
    prints("7.000", "7");
    prints("1E2", "100");
    prints("1.5e+3", "1500");
    prints("-0", "0");
    prints("007", "7");
    prints("0.00", "0");
    prints("1/8", "0.125");
    prints("-3/40", "-0.075");
    prints("123456789012345678901234567890.5", "123456789012345678901234567890.5");
}

#[test]
fn other_fractions_print_reduced() {
    prints("1710/584662", "855/292331");
    prints("-2/6", "-1/3");
    prints("6/3", "2");
}

#[test]
fn what_is_no_number() {
    let error = |text: &str| Rational::parse(text).unwrap_err();
    assert_eq!(error(""), NumberError::Empty);
    for (text, at) in [
        ("-", 1),
        (".5", 0),
        ("5.", 2),
        ("+5", 0),
        (" 5", 0),
        ("5 ", 1),
        ("12a", 2),
        ("1e", 2),
        ("1e-", 3),
        ("1.2.3", 3),
        ("--1", 1),
        ("1_000", 1),
        ("1,000", 1),
        ("/2", 0),
        ("1/", 2),
        ("1/-2", 2),
        ("1.5/2", 1),
        ("1/2/3", 3),
        ("NaN", 0),
        ("é", 0),
    ] {
        assert_eq!(error(text), NumberError::ExpectedDigit { at }, "{text}");
    }
    assert_eq!(error("1/0"), NumberError::ZeroDenominator);
    assert_eq!(error("1e401"), NumberError::ExponentOutOfRange { at: 2 });
    assert_eq!(error("1e-99999999999999999999"), NumberError::ExponentOutOfRange { at: 2 });
    assert_eq!(error(&"9".repeat(1001)), NumberError::TooManyDigits);
    assert!(Rational::parse(&"9".repeat(1000)).is_ok());
    assert!(Rational::parse("1e400").is_ok());
}

#[test]
fn literals_take_underscores_between_digits() {
    assert_eq!(Rational::parse_literal("20_000").unwrap(), number("20000"));
    assert_eq!(Rational::parse_literal("1_0.2_5").unwrap(), number("10.25"));
    for (text, at) in [("_1", 0), ("1_", 1), ("1__0", 1), ("1_.0", 1), ("1_0x", 3)] {
        let expected = NumberError::ExpectedDigit { at };
        assert_eq!(Rational::parse_literal(text).unwrap_err(), expected, "{text}");
    }
}

#[test]
fn arithmetic_is_exact() {
    assert_eq!(number("3").mul(&number("1.1")), number("3.3"));
    assert_eq!(number("0.1").add(&number("0.2")), number("0.3"));
    assert_eq!(number("1").div(&number("3")).unwrap().to_string(), "1/3");
    assert_eq!(number("1").div(&number("0.0")), None);
    assert_eq!(number("1.1").powi(2).unwrap(), number("1.21"));
    assert_eq!(number("2").powi(-3).unwrap(), number("0.125"));
    assert_eq!(number("0").powi(-1), None);
    assert_eq!(number("0").powi(0).unwrap(), 1);
    assert_eq!(number("1.5").powi(i32::MAX), None);
    assert_eq!(number("-1").powi(i32::MIN).unwrap(), 1);
    assert_eq!(number("2").powf(&number("10")).unwrap(), number("1024"));
    assert_eq!(number("4").powf(&number("0.5")).unwrap(), number("2"));
    assert_eq!(number("-4").powf(&number("2")), None);
    assert_eq!(number("0").powf(&number("-0.5")), None);
    assert_eq!(number("1e300").powf(&number("1.5")), None);
    let power = number("0.9").powf(&number("-1.2")).unwrap();
    assert_eq!(power.to_f64(), 0.9f64.powf(-1.2));
    assert_eq!((number("-1.5").floor(), number("-1.5").ceil()), (Some(-2), Some(-1)));
    assert_eq!((number("7").floor(), number("7").ceil()), (Some(7), Some(7)));
    assert_eq!(number("1e30").floor(), None);
}

#[test]
fn comparisons_read_and_print() {
    for text in [">=", ">", "<=", "<", "==", "!="] {
        assert_eq!(text.parse::<Comparison>().unwrap().symbol(), text);
    }
    assert_eq!("≥".parse::<Comparison>(), Ok(Comparison::Ge));
    assert_eq!("=".parse::<Comparison>(), Err(()));
}

#[test]
fn a_censored_result_answers_only_what_it_can() {
    let below_nine = Interval::from_comparison(Comparison::Lt, number("9"));
    let point = |text| Interval::point(number(text));
    assert_eq!(below_nine.compare(Comparison::Ge, &point("9")), Some(false));
    assert_eq!(below_nine.compare(Comparison::Ge, &point("5")), None);
    assert_eq!(below_nine.compare(Comparison::Lt, &point("9")), Some(true));
    assert_eq!(below_nine.compare(Comparison::Eq, &point("9")), Some(false));
    let at_most_nine = Interval::from_comparison(Comparison::Le, number("9"));
    assert_eq!(at_most_nine.compare(Comparison::Ge, &point("9")), None);
    assert_eq!(at_most_nine.compare(Comparison::Gt, &point("9")), Some(false));
    let floored = Interval::new(Bound::Closed(number("0")), Bound::Unbounded).unwrap();
    assert_eq!(below_nine.intersect(&floored).unwrap().to_string(), "[0, 9)");
    assert_eq!(below_nine.to_string(), "(-inf, 9)");
    assert_eq!(below_nine.intersect(&point("9")), None);
}

#[test]
fn interval_ends() {
    let read = |low: Bound, high: Bound| Interval::new(low, high).unwrap();
    let open = |text| Bound::Open(number(text));
    let closed = |text| Bound::Closed(number(text));
    let positive = read(open("0"), Bound::Unbounded);
    assert_eq!(positive.mul(&positive).to_string(), "(0, inf)");
    assert_eq!(Interval::point(number("1")).div(&positive).unwrap().to_string(), "(0, inf)");
    assert_eq!(Interval::point(number("0")).mul(&Interval::everything()), Interval::point(number("0")));
    let through_zero = read(closed("-1"), closed("2"));
    assert_eq!(positive.div(&through_zero), None);
    assert_eq!(through_zero.powi(2).unwrap().to_string(), "[0, 4]");
    assert_eq!(through_zero.powi(3).unwrap().to_string(), "[-1, 8]");
    assert_eq!(through_zero.powi(-1), None);
    assert_eq!(through_zero.powf(&number("0.5")), None);
    let half_open = read(closed("4"), open("9"));
    assert_eq!(half_open.powf(&number("0.5")).unwrap().to_string(), "[2, 3)");
    assert_eq!(half_open.powf(&number("-1")).unwrap().to_string(), "(1/9, 0.25]");
    assert_eq!(half_open.min(&Interval::point(number("4"))).to_string(), "4");
    assert_eq!(half_open.max(&Interval::point(number("9"))).to_string(), "9");
    assert_eq!(half_open.hull(&Interval::point(number("9"))).to_string(), "[4, 9]");
    assert_eq!(Interval::new(open("1"), closed("1")), None);
    assert_eq!(Interval::closed(number("2"), number("1")), None);
}

/// A small number: halves from -4 to 4, so that ends and zeros meet often.
fn small() -> impl Strategy<Value = Rational> {
    (-8i64..=8).prop_map(|halves| Rational::from_ratio(halves, 2).unwrap())
}

fn interval() -> impl Strategy<Value = Interval> {
    let bound = || {
        prop_oneof![
            1 => Just(Bound::Unbounded),
            3 => small().prop_map(Bound::Closed),
            3 => small().prop_map(Bound::Open),
        ]
    };
    (bound(), bound()).prop_filter_map("some number lies between", |(low, high)| Interval::new(low, high))
}

/// Numbers of an interval, those at and very near its ends among them.
fn points(interval: &Interval) -> Vec<Rational> {
    let near = Rational::from_ratio(1, 1000).unwrap();
    let mut found: Vec<Rational> = (-20..=20).map(|quarters| Rational::from_ratio(quarters, 4).unwrap()).collect();
    for end in [interval.low.value(), interval.high.value()].into_iter().flatten() {
        found.extend([end.clone(), end.add(&near), end.sub(&near)]);
    }
    found.extend([Rational::from_i64(-1000), Rational::from_i64(1000)]);
    found.retain(|point| interval.contains(point));
    found
}

/// Every point of the operands must land in the result, and a closed end must be reached.
fn sound(
    a: &Interval,
    b: &Interval,
    result: &Interval,
    on_points: impl Fn(&Rational, &Rational) -> Rational,
) -> Result<(), TestCaseError> {
    let mut reached = Vec::new();
    for x in points(a) {
        for y in points(b) {
            let z = on_points(&x, &y);
            prop_assert!(result.contains(&z), "{} and {} give {}, not in {}", x, y, z, result);
            reached.push(z);
        }
    }
    for end in [&result.low, &result.high] {
        if let Bound::Closed(value) = end {
            prop_assert!(reached.contains(value), "{} is never reached in {}", value, result);
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn decimals_round_trip(mantissa: i64, exponent in -30i32..30) {
        let text = format!("{mantissa}e{exponent}");
        let value = number(&text);
        prop_assert_eq!(&number(&value.to_string()), &value);
        prop_assert!(!value.to_string().contains('/'));
    }

    #[test]
    fn fractions_round_trip(numerator: i64, denominator in 1i64..) {
        let value = Rational::from_ratio(numerator, denominator).unwrap();
        prop_assert_eq!(number(&value.to_string()), value);
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,12}") {
        if let Ok(value) = Rational::parse(&text) {
            prop_assert_eq!(number(&value.to_string()), value);
        }
        let _ = Rational::parse_literal(&text);
    }

    #[test]
    fn doubles_round_trip(value in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL) {
        let decimal = Rational::from_f64_shortest(value).unwrap();
        let exact = Rational::from_f64_exact(value).unwrap();
        prop_assert_eq!(decimal.to_f64(), value);
        prop_assert_eq!(exact.to_f64(), value);
    }

    #[test]
    fn decimals_become_the_nearest_double(mantissa: i64, exponent in -25i32..25) {
        let text = format!("{mantissa}e{exponent}");
        prop_assert_eq!(number(&text).to_f64(), text.parse::<f64>().unwrap());
    }

    #[test]
    fn order_agrees_with_subtraction(a: i32, b in 1i32.., c: i32, d in 1i32..) {
        let x = Rational::from_ratio(a.into(), b.into()).unwrap();
        let y = Rational::from_ratio(c.into(), d.into()).unwrap();
        let difference = x.sub(&y);
        let sign = if difference.is_zero() {
            Ordering::Equal
        } else if difference.is_negative() {
            Ordering::Less
        } else {
            Ordering::Greater
        };
        prop_assert_eq!(x.cmp(&y), sign);
    }
}

proptest! {
    // Each case tries every pair of some fifty points.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn interval_arithmetic_is_sound(a in interval(), b in interval()) {
        sound(&a, &b, &a.add(&b), |x, y| x.add(y))?;
        sound(&a, &b, &a.sub(&b), |x, y| x.sub(y))?;
        sound(&a, &b, &a.mul(&b), |x, y| x.mul(y))?;
        sound(&a, &b, &a.min(&b), |x, y| x.min(y).clone())?;
        sound(&a, &b, &a.max(&b), |x, y| x.max(y).clone())?;
        match a.div(&b) {
            Some(quotients) => sound(&a, &b, &quotients, |x, y| x.div(y).unwrap())?,
            None => prop_assert!(b.contains(&Rational::zero())),
        }
    }

    #[test]
    fn interval_powers_are_sound(a in interval(), exponent in -3i32..4) {
        match a.powi(exponent) {
            Some(powers) => sound(&a, &a, &powers, |x, _| x.powi(exponent).unwrap())?,
            None => prop_assert!(exponent < 0 && a.contains(&Rational::zero())),
        }
        let half = Rational::from_ratio(i64::from(exponent), 2).unwrap();
        if let Some(powers) = a.powf(&half) {
            for x in points(&a) {
                prop_assert!(powers.contains(&x.powf(&half).unwrap()));
            }
        }
    }

    #[test]
    fn interval_comparisons_are_sound_and_sharp(a in interval(), b in interval()) {
        for comparison in [
            Comparison::Ge,
            Comparison::Gt,
            Comparison::Le,
            Comparison::Lt,
            Comparison::Eq,
            Comparison::Ne,
        ] {
            let mut answers = Vec::new();
            for x in points(&a) {
                for y in points(&b) {
                    answers.push(comparison.holds(x.cmp(&y)));
                }
            }
            let expected = match (answers.contains(&true), answers.contains(&false)) {
                (true, false) => Some(true),
                (false, true) => Some(false),
                _ => None,
            };
            prop_assert_eq!(a.compare(comparison, &b), expected, "{} {} {}", a, comparison, b);
            prop_assert_eq!(a.compare(comparison.negated(), &b), expected.map(|yes| !yes));
            prop_assert_eq!(b.compare(comparison.mirrored(), &a), expected);
        }
    }

    #[test]
    fn hull_and_intersection(a in interval(), b in interval()) {
        let hull = a.hull(&b);
        for point in points(&a).into_iter().chain(points(&b)) {
            prop_assert!(hull.contains(&point));
            let both = a.contains(&point) && b.contains(&point);
            let common = a.intersect(&b).is_some_and(|common| common.contains(&point));
            prop_assert_eq!(both, common);
        }
    }
}

/// Arithmetic changes its form where a part no longer fits 64 bits; nothing may show that.
#[test]
fn numbers_around_a_machine_word_agree_with_the_general_form() {
    use num_bigint::BigInt;
    use num_rational::BigRational;

    let general = |value: &Rational| {
        let text = value.to_string();
        let (over, under) = match (text.split_once('/'), text.split_once('.')) {
            (Some((over, under)), _) => (over.to_owned(), under.to_owned()),
            (None, Some((whole, behind))) => (format!("{whole}{behind}"), format!("1{}", "0".repeat(behind.len()))),
            (None, None) => (text.clone(), "1".to_owned()),
        };
        BigRational::new(over.parse::<BigInt>().unwrap(), under.parse::<BigInt>().unwrap())
    };
    let (least, most) = (i64::MIN.to_string(), i64::MAX.to_string());
    let texts = [
        "0",
        "1",
        "-1",
        "3",
        "-1/3",
        "0.1",
        "4294967296",
        "9007199254740993",
        &least,
        &most,
        "9223372036854775808",
        "-9223372036854775809",
        "1/9223372036854775807",
        "-1/9223372036854775808",
        "9223372036854775807/3",
        "123456789012345678901234567890",
        "1e-30",
    ];
    for a in texts.map(number) {
        let wide_a = general(&a);
        assert_eq!(general(&-&a), -&wide_a);
        assert_eq!(general(&a.abs()), num_traits::Signed::abs(&wide_a));
        assert_eq!(a.to_f64(), num_traits::ToPrimitive::to_f64(&wide_a).unwrap(), "{a}");
        assert_eq!(a.floor(), num_traits::ToPrimitive::to_i64(&wide_a.floor().to_integer()), "{a}");
        assert_eq!(a.ceil(), num_traits::ToPrimitive::to_i64(&wide_a.ceil().to_integer()), "{a}");
        for b in texts.map(number) {
            let wide_b = general(&b);
            assert_eq!(general(&a.add(&b)), &wide_a + &wide_b, "{a} + {b}");
            assert_eq!(general(&a.sub(&b)), &wide_a - &wide_b, "{a} - {b}");
            assert_eq!(general(&a.mul(&b)), &wide_a * &wide_b, "{a} * {b}");
            assert_eq!(a.div(&b).map(|value| general(&value)), (!b.is_zero()).then(|| &wide_a / &wide_b), "{a} / {b}");
            assert_eq!(a.cmp(&b), wide_a.cmp(&wide_b), "{a} and {b}");
            // Back inside a word, the form is the word's again: equality and hashes go by the form.
            assert_eq!(a.add(&b).sub(&b), a, "{a} and {b}");
        }
    }
}
