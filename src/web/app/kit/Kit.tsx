export const Kit = () => null
