-- What comes from elsewhere is not in the draft: what it changes is kept for the second person to look at (R4, R6).
ALTER TABLE proposals ADD COLUMN changes TEXT;
