-- What is put forward may be an older release to be the newest again (R4); without a number it is the draft.
ALTER TABLE proposals ADD COLUMN restores INTEGER;
