-- Whether something was published since it was put forward: seconds do not tell where both fell into one. Null: put forward before this.
ALTER TABLE proposals ADD COLUMN newest INTEGER;
