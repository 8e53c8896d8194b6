-- SPDX-License-Identifier: GPL-3.0-or-later
-- The run history, version 3: what is known of a gradient spike (kind 'spike').

ALTER TABLE event ADD COLUMN peak REAL; -- the largest of all layers, times their usual magnitude; NULL: no spike
ALTER TABLE event ADD COLUMN layers INTEGER; -- that were reached
ALTER TABLE event ADD COLUMN lag INTEGER; -- steps until the last block followed; NULL: it did not
ALTER TABLE event ADD COLUMN dip REAL; -- fall of the kNN accuracy that came after, percentage points; NULL: none
