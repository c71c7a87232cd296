/** For Botpress' own build and for ours. Names of packages only: those hold in every folder. */
export const bundling = {
  alias: {
    // The copy that Botpress' client requires, instead of a second one.
    axios: 'axios/dist/node/axios.cjs',
    // Axios' forms name types of files by 137 KB of tables. Nothing here sends such a form: the small list will do.
    'mime-types': 'mrmime',
  },
}
