// SPDX-License-Identifier: MIT
#pragma once

#include "arguments.h"

struct CommandInfo
{
    const char *name;
    const char *operands; ///< as the help shows them
    int fewest;           ///< operands, where a --cookie counts for a KEY
    int most;             ///< -1 for any number
    bool takesKeys;       ///< the first operand is a KEY
    bool needsStore;
    const char *options;  ///< their names, separated by blanks
    const char *summary;
    const char *details;
    const char *example;
};

[[nodiscard]] std::span<const CommandInfo> allCommands();
[[nodiscard]] std::span<const OptionInfo> allOptions();
[[nodiscard]] const CommandInfo *findCommand(const QString &name);
/// Whether \a command knows \a option; every command knows the options that concern all.
[[nodiscard]] bool accepts(const CommandInfo &command, const QString &option);

[[nodiscard]] QString generalHelp();
[[nodiscard]] QString helpFor(const CommandInfo &command);
