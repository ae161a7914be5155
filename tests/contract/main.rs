//! What every store promises, as one suite that runs on each of them, and what a file promises besides.
//!
//! A function of the shared modules takes any store; `on_every_store!` makes a test of it for SQLite and one for memory.

mod support;

mod appends;
mod persistences;
mod reading;
mod rows;
mod selecting;
mod snapshots;
mod watching;

mod files;
mod plain_sql;
mod races;

macro_rules! on_every_store {
    ($($module:ident: $($name:ident),+ $(,)?;)+) => {
        mod sqlite {
            $($(#[test]
            fn $name() {
                let directory = tempfile::tempdir().unwrap();
                let path = directory.path().join("world.db");
                crate::$module::$name(&diptych::storage::SqliteStore::open(path, Default::default()).unwrap());
            })+)+
        }

        mod memory {
            $($(#[test]
            fn $name() {
                crate::$module::$name(&diptych::storage::MemoryStore::new());
            })+)+
        }
    };
}

on_every_store! {
    appends:
        any_version_is_always_met_and_numbers_on,
        no_stream_is_met_once,
        exists_is_met_from_the_first_event_on,
        an_exact_version_is_met_by_that_version_only,
        exactly_zero_means_no_stream,
        two_appends_to_one_stream_in_one_commit_see_each_other,
        positions_follow_the_order_of_the_appends,
        a_failed_commit_uses_up_no_position,
        a_conflict_in_the_last_part_leaves_nothing,
        an_event_id_is_taken_once,
        an_event_id_twice_in_one_commit_writes_nothing,
        an_event_is_read_as_it_was_written,
        an_empty_commit_writes_nothing;
    reading:
        a_new_store_is_empty,
        a_stream_is_read_after_a_version,
        a_stream_and_its_last_event_have_their_places,
        the_log_is_read_forwards_from_a_position,
        the_log_is_read_backwards_from_the_end_or_a_position,
        whoever_reads_can_stop,
        streams_are_in_order_of_their_first_event,
        a_prefix_catches_no_other_kind_of_stream,
        a_prefix_is_text_and_no_pattern;
    rows:
        a_row_is_read_as_it_was_written,
        any_version_overwrites,
        a_row_has_its_place_in_the_order_of_creation,
        a_version_check_lets_the_first_writer_through_only,
        a_new_row_is_written_once,
        exists_needs_a_row,
        a_table_without_versions_knows_there_and_not_there,
        lines_become_fewer_more_and_different,
        lines_are_what_the_last_writer_says_whatever_it_had_read,
        a_deleted_row_is_gone_with_its_lines,
        deleting_what_is_not_there_does_nothing,
        rows_stay_in_order_of_creation,
        a_row_of_the_wrong_width_is_a_failure;
    selecting:
        all_rows_come_in_order_of_creation,
        amounts_are_compared_as_numbers,
        amounts_of_eighteen_digits_are_compared_exactly,
        amounts_are_ordered_as_numbers,
        amounts_of_eighteen_digits_are_ordered_exactly,
        the_window_is_counted_after_the_filters,
        nothing_equals_nothing_and_is_never_less,
        text_and_numbers_are_filtered_as_they_stand,
        ties_are_in_order_of_creation_in_both_directions,
        an_unknown_column_is_a_failure,
        an_amount_that_is_none_is_a_failure,
        selected_orders_have_their_lines;
    watching:
        nothing_is_remembered_unwatched,
        statements_have_their_values_in_place,
        statements_are_given_out_once,
        a_reading_says_how_many_events_it_read;
    persistences:
        both_recall_an_order_through_its_whole_life,
        both_recall_a_draft_with_changed_lines_and_its_cancelling,
        both_recall_products_customers_and_stock,
        what_was_never_saved_is_recalled_as_nothing,
        a_save_without_a_fact_writes_or_skips,
        a_version_check_catches_the_stale_root_and_last_write_wins_does_not,
        an_unknown_event_is_named,
        an_unreadable_event_is_named,
        an_event_of_a_newer_shape_is_named,
        an_unreadable_cell_is_named;
    snapshots:
        a_snapshot_is_kept_every_so_many_events_and_recalls_the_same,
        a_bad_snapshot_means_folding_from_the_start,
        a_snapshot_of_another_fold_does_not_count,
        a_snapshot_of_another_history_is_passed_over;
}
