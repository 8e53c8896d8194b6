-- SPDX-License-Identifier: GPL-3.0-or-later
-- The run history, version 4: values that are no longer the newest take less than half the room.

DROP VIEW metric_point;
-- Views that others made go on reading metric, which has every value again below.
PRAGMA legacy_alter_table = ON;
ALTER TABLE metric RENAME TO metric_row;
PRAGMA legacy_alter_table = OFF;

-- Sixteen values of one metric, from `step` on, each `stride` steps after the one before. They are
-- not in the table metric_row any more. NULL: not a number.
CREATE TABLE metric_pack (
    run_id  INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    name_id INTEGER NOT NULL REFERENCES metric_name (id),
    step    INTEGER NOT NULL,
    stride  INTEGER NOT NULL CHECK (stride BETWEEN 1 AND 64),
    v0 REAL, v1 REAL, v2 REAL, v3 REAL, v4 REAL, v5 REAL, v6 REAL, v7 REAL,
    v8 REAL, v9 REAL, v10 REAL, v11 REAL, v12 REAL, v13 REAL, v14 REAL, v15 REAL,
    PRIMARY KEY (run_id, name_id, step)
) WITHOUT ROWID, STRICT;

-- Every value, packed or not, under the name that other programs know. With the types of
-- metric_row, without which SQLite would not search the primary keys.
CREATE VIEW metric (run_id, name_id, step, value) AS
WITH place (n) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15))
SELECT run_id, name_id, step, value FROM metric_row
UNION ALL
SELECT run_id, name_id, CAST(step + n * stride AS INTEGER),
       CAST(CASE n WHEN 0 THEN v0 WHEN 1 THEN v1 WHEN 2 THEN v2 WHEN 3 THEN v3 WHEN 4 THEN v4 WHEN 5 THEN v5
         WHEN 6 THEN v6 WHEN 7 THEN v7 WHEN 8 THEN v8 WHEN 9 THEN v9 WHEN 10 THEN v10 WHEN 11 THEN v11
         WHEN 12 THEN v12 WHEN 13 THEN v13 WHEN 14 THEN v14 WHEN 15 THEN v15 END AS REAL)
FROM metric_pack CROSS JOIN place;

-- For people and scripts: every value with its names and times.
CREATE VIEW metric_point AS
SELECT metric.run_id, run.name AS run, metric_name.name AS metric, metric_name.unit, metric.step,
       step_time.epoch, step_time.wall_ms / 1000.0 AS seconds, metric.value
FROM metric
JOIN run ON run.id = metric.run_id
JOIN metric_name ON metric_name.id = metric.name_id
LEFT JOIN step_time ON step_time.run_id = metric.run_id AND step_time.step = metric.step;
