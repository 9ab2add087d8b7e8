// The only entrance to the engine: explicit named exports, one section a part.
