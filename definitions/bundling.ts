/** For Botpress' own build and for ours. Names of packages only: those hold in every folder. */
export const bundling = {
  alias: {
    // Forms look up the types of files in 137 KB of tables. Ours say the type, so the small list will do.
    'mime-types': 'mrmime',
    // The client requires axios and we import it: that would be two copies of 85 KB, one of each kind.
    axios: 'axios/unsafe/axios.js',
  },
}
