/** For Botpress' own build and for ours: the copy of axios that Botpress' client requires, instead of a second one. */
export const bundling = { alias: { axios: 'axios/dist/node/axios.cjs' } }
