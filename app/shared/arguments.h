// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QHash>
#include <QtCore/QStringList>

#include <expected>
#include <span>

/// An option that a program knows. A table of them is a static array.
struct OptionInfo
{
    const char *name;                ///< without the dashes
    const char *value;               ///< what stands for its value in the help, null if it takes none
    const char *help;
    const char *otherwise = nullptr; ///< its value where it is not given
};

/// The options and operands of a command line. Options may stand before, between and behind operands; of a repeated one the last
/// counts. "--name=value" and "--name value" are the same, and a value may begin with "-". What follows "--" is operands. "-h" is
/// "--help" and "-v" is "--version", where a program has them.
class Arguments
{
public:
    struct Syntax
    {
        std::span<const OptionInfo> options;
        /// What to read where nothing better is known: "Try --help."
        QString hint = {};
        /// Whether what begins with "-" is an operand all the same.
        bool (*isOperand)(const QString &argument) = nullptr;
        /// Which options fit behind these operands; all of them, if null. One of them is suggested for one that is mistyped.
        QStringList (*fitting)(const QStringList &operands) = nullptr;
    };

    /// Reads \a arguments, without the name of the program. An error is one line that says what to do; it never shows the value
    /// of an option.
    [[nodiscard]] static std::expected<Arguments, QString> parse(const QStringList &arguments, const Syntax &syntax);

    QStringList operands;

    [[nodiscard]] bool has(const QString &option) const { return m_values.contains(option); }
    /// The last value of \a option: if it was not given \a otherwise, and without that what its table says.
    [[nodiscard]] QString value(const QString &option, const QString &otherwise = {}) const;
    /// Every value of a repeated option, in their order.
    [[nodiscard]] QStringList values(const QString &option) const { return m_values.value(option); }
    /// The options that were given, each once.
    [[nodiscard]] QStringList given() const { return m_values.keys(); }

private:
    std::span<const OptionInfo> m_options;
    QHash<QString, QStringList> m_values; // a null one of those that take none
};

/// The names of \a options.
[[nodiscard]] QStringList namesOf(std::span<const OptionInfo> options);
/// What to say of \a typed, which is none of \a words: " Did you mean --user?", or nothing if none is near. \a sign goes before
/// the word.
[[nodiscard]] QString suggestion(const QString &typed, const QStringList &words, const QString &sign = {});
/// What was typed, for an error of one line that can be read.
[[nodiscard]] QString shortened(const QString &text);

/// \a text in lines of a terminal, each with its end; all but the first behind \a indent blanks.
[[nodiscard]] QString wrapped(const QString &text, qsizetype indent = 0);
/// \a options as a help lists them. Their texts are translated where they have a \a context.
[[nodiscard]] QString optionLines(std::span<const OptionInfo> options, const char *context = nullptr);
/// A whole help: how the program is called, what it is for, and its options.
[[nodiscard]] QString helpText(const QString &usage, const QString &summary, std::span<const OptionInfo> options,
                               const char *context = nullptr);
