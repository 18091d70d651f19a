"""What a received file says, row by row, against the register, the units and the quarters before."""
