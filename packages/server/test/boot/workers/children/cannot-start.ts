// A worker with a defect: ends before it says a word.
process.exit(7);
