// What each shell has to be told once. The shells ask `osskeep __complete` with every Tab, so that a new
// version needs no new script.

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

const bash = `# osskeep for bash. In ~/.bashrc:  source <(osskeep completion bash)
_osskeep() {
  local line=$COMP_LINE
  # COMP_POINT counts bytes; at the end of the line there is nothing to cut off.
  if ((COMP_POINT < \${#COMP_LINE})); then line=\${COMP_LINE:0:COMP_POINT}; fi
  COMPREPLY=()
  while IFS= read -r candidate; do
    COMPREPLY+=("$candidate")
  done < <(osskeep __complete bash -- "$line" 2>/dev/null)
  if [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == */ ]]; then compopt -o nospace 2>/dev/null; fi
}
complete -o default -F _osskeep osskeep
`;

const zsh = `#compdef osskeep
# osskeep for zsh. In ~/.zshrc, after compinit:  source <(osskeep completion zsh)
_osskeep() {
  local line value description
  local -a values descriptions folders
  for line in "\${(@f)$(osskeep __complete zsh -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -z $line ]] && continue
    value=\${line%%$'\\t'*}
    description=\${line#*$'\\t'}
    if [[ $value == */ ]]; then
      folders+=("$value")
    else
      values+=("$value")
      if [[ $description == $line || -z $description ]]; then
        descriptions+=("$value")
      else
        descriptions+=("$value  -- $description")
      fi
    fi
  done
  if ((\${#values} + \${#folders} == 0)); then _files; return; fi
  ((\${#values})) && compadd -l -d descriptions -a values
  ((\${#folders})) && compadd -S '' -a folders
  return 0
}
if [[ $funcstack[1] == _osskeep ]]; then _osskeep "$@"; else compdef _osskeep osskeep; fi
`;

const fish = `# osskeep for fish. Once:  osskeep completion fish > ~/.config/fish/completions/osskeep.fish
function __osskeep_complete
  set -l words (commandline -opc)
  set -l found (osskeep __complete fish -- $words[2..-1] (commandline -ct) 2>/dev/null)
  if test (count $found) -eq 0
    __fish_complete_path (commandline -ct)
  else
    printf '%s\\n' $found
  end
end
complete -c osskeep -f -a '(__osskeep_complete)'
`;

export const scripts: Readonly<Record<Shell, string>> = { bash, zsh, fish };
