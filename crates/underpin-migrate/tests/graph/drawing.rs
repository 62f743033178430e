//! Graphs as a terminal shows them.

use std::collections::BTreeSet;

use crate::notation::{graph, nodes};

/// The lanes and the identifiers of a range.
fn drawn_from(notation: &str, range: &str) -> String {
    let graph = graph(&nodes(notation)).unwrap();
    let order = graph.history(&range.parse().unwrap(), &BTreeSet::new()).unwrap();
    graph
        .drawing(&order)
        .to_string()
        .lines()
        .map(|line| line.split(" Make ").next().unwrap_or_default().to_owned() + "\n")
        .collect()
}

fn drawn(notation: &str) -> String {
    drawn_from(notation, ":")
}

#[test]
fn nothing_is_an_empty_drawing() {
    assert_eq!(drawn(""), "");
}

#[test]
fn a_line_has_one_lane() {
    insta::assert_snapshot!(drawn("a b<a c<b"), @r"
    * c
    * b
    * a
    ");
}

#[test]
fn a_branch_has_two_lanes() {
    insta::assert_snapshot!(drawn("a b<a c1<b c2<b d1<c1 d2<c2"), @r"
    * d1
    * c1
    | * d2
    | * c2
    |/
    * b
    * a
    ");
}

#[test]
fn a_diamond_opens_and_closes() {
    insta::assert_snapshot!(drawn("1 2<1 3<2 4<1 5<4 6<3,5 7<6"), @r"
    * 7
    * 6
    |\
    * | 3
    * | 2
    | * 5
    | * 4
    |/
    * 1
    ");
}

#[test]
fn a_diamond_on_a_diamond() {
    insta::assert_snapshot!(drawn("1 2<1 3<1 4<2,3 5<4 6<4 7<5,6"), @r"
    * 7
    |\
    * | 5
    | * 6
    |/
    * 4
    |\
    * | 2
    | * 3
    |/
    * 1
    ");
}

#[test]
fn three_branches_join_one_after_the_other() {
    insta::assert_snapshot!(drawn("a b1<a b2<a b3<a"), @r"
    * b1
    | * b2
    |/
    | * b3
    |/
    * a
    ");
}

#[test]
fn a_merge_of_three_opens_lane_after_lane() {
    insta::assert_snapshot!(drawn("r a<r b<r c<r m<a,b,c n<m"), @r"
    * n
    * m
    |\
    |\ \
    * | | a
    | * | b
    |/ /
    | * c
    |/
    * r
    ");
}

#[test]
fn a_second_base_ends_its_lane() {
    insta::assert_snapshot!(drawn("a b<a x y<x m<b,y n<m"), @r"
    * n
    * m
    |\
    * | b
    * | a
     /
    * y
    * x
    ");
}

#[test]
fn bases_that_never_meet_stand_one_after_the_other() {
    insta::assert_snapshot!(drawn("a b<a x y<x"), @r"
    * b
    * a
    * y
    * x
    ");
}

#[test]
fn a_lane_that_ends_lets_the_others_move_left() {
    insta::assert_snapshot!(drawn("a x m<x,a n<a,x"), @r"
    * m
    |\
    | | * n
    | | |\
    | |/ /
    | |/
    |/|
    * | x
     /
    * a
    ");
}

#[test]
fn a_lane_crosses_those_between() {
    insta::assert_snapshot!(drawn("a b<a c<a d<b,c e<b f<d,e g<a h<f,g i<a"), @r"
    * h
    |\
    * | f
    |\ \
    * | | d
    |\ \ \
    | | * | e
    | |/ /
    |/| |
    | | * g
    * | | b
    | |/
    |/|
    | | * i
    | |/
    |/|
    | * c
    |/
    * a
    ");
}

#[test]
fn a_dependency_has_no_lane() {
    insta::assert_snapshot!(drawn("a b<a x~b y<x"), @r"
    * y
    * x
    * b
    * a
    ");
}

#[test]
fn lanes_end_with_the_range() {
    insta::assert_snapshot!(drawn_from("1 2<1 3<2 4<1 5<4 6<3,5 7<6", "4:7"), @r"
    * 7
    * 6
    * 5
    * 4
    ");
}

#[test]
fn a_squash_has_the_lanes_of_what_it_replaces() {
    insta::assert_snapshot!(drawn("1 2<1 3<1 s=1,2,3 4<2 5<3 t<4,5"), @r"
    * t
    |\
    * | 4
    | * 5
    |/
    * s
    ");
}
