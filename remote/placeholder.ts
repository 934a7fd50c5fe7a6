// Placeholder of the composite project; replaced by its first real file.
export {};
