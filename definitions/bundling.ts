/** For Botpress' own build and for ours. Names of packages only: those hold in every folder. */
export const bundling = {
  // The forms of Botpress' client name types of files by 137 KB of tables. Nothing here sends one: the small list will do.
  alias: { 'mime-types': 'mrmime' },
}
