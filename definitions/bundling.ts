/** For Botpress' own build and for ours. Paths are those of the project's folder, which both builds work in. */
export const bundling = {
  alias: {
    // The forms of Botpress' client name types of files by 137 KB of tables. Nothing here sends one: the small list will do.
    'mime-types': 'mrmime',
    // The client requires axios and we import it: that would be two copies of 85 KB, one of each kind.
    axios: './node_modules/axios/dist/node/axios.cjs',
  },
}
