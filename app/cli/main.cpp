// SPDX-License-Identifier: MIT
#include "cli.h"
#include "commandinfo.h"
#include "interrupt.h"
#include "standardstreams.h"
#include "terminal.h"

#include <Sojourn/Author>
#include <Sojourn/jsonrules.h>
#include <Sojourn/version.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QLoggingCategory>

// QCoreApplication::arguments() drops a U+FEFF that an argument begins with, which makes two users one, and replaces what is no
// UTF-8 by U+FFFD, which may be the name of another.
static Outcome<QStringList> argumentsOf([[maybe_unused]] int argc, [[maybe_unused]] char *argv[])
{
#ifdef Q_OS_WIN
    return QCoreApplication::arguments().sliced(1);
#else
    QStringList arguments;
    for (int i = 1; i < argc; ++i) {
        const QByteArrayView bytes(argv[i]);
        if (!QUtf8StringView(bytes).isValidUtf8())
            return fail(UsageError, QStringLiteral("Argument %1 is not valid UTF-8. Nothing was done.").arg(i));
        arguments.append(Sojourn::Detail::fromUtf8(bytes));
    }
    return arguments;
#endif
}

int main(int argc, char *argv[])
{
    holdStandardStreams();
    Interrupt::install();
    const QCoreApplication application(argc, argv);
    // Errors are told in one line, by the command. What libraries log beside that is for those who ask with QT_LOGGING_RULES.
    QLoggingCategory::setFilterRules(QStringLiteral("*=false"));

#ifndef Q_OS_WIN
    for (const char *variable : {"SOJOURN_STORE", "SOJOURN_PASSWORD"}) {
        if (!QUtf8StringView(QByteArrayView(qgetenv(variable))).isValidUtf8()) {
            Terminal::note(QStringLiteral("The environment variable %1 is not valid UTF-8. Nothing was done.")
                               .arg(QLatin1StringView(variable)));
            return UsageError;
        }
    }
#endif
    const auto arguments = argumentsOf(argc, argv);
    const auto line = arguments ? CommandLine::parse(*arguments) : Outcome<CommandLine>(std::unexpected(arguments.error()));
    if (!line) {
        Terminal::note(line.error().text);
        return line.error().code;
    }
    if (line->has(QStringLiteral("help"))) {
        Terminal::startPaging();
        Terminal::print(line->command ? helpFor(*line->command) : generalHelp());
        Terminal::finish();
        return Done;
    }
    if (line->has(QStringLiteral("version"))) {
        Terminal::print(QStringLiteral("sojourn " SOJOURN_VERSION_STR "\n"));
        Terminal::finish();
        return Done;
    }

    Sojourn::Author::setTool(QStringLiteral("sojourn"));
    const Outcome<void> outcome = Cli(*line).run();
    Terminal::finish();
    if (outcome)
        return Done;
    if (!outcome.error().text.isEmpty())
        Terminal::note(outcome.error().text);
    return outcome.error().code;
}
