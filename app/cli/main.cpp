// SPDX-License-Identifier: MIT
#include "cli.h"
#include "commandinfo.h"
#include "interrupt.h"
#include "terminal.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLoggingCategory>

int main(int argc, char *argv[])
{
    Interrupt::install();
    const QCoreApplication application(argc, argv);
    // Errors are told in one line, by the command. What libraries log beside that is for those who ask with QT_LOGGING_RULES.
    QLoggingCategory::setFilterRules(QStringLiteral("*=false"));

    const Outcome<CommandLine> line = CommandLine::parse(QCoreApplication::arguments().sliced(1));
    if (!line) {
        Terminal::note(line.error().text);
        return line.error().code;
    }
    if (line->has(QStringLiteral("help"))) {
        Terminal::print(line->command ? helpFor(*line->command) : generalHelp());
        Terminal::flush();
        return Done;
    }
    if (line->has(QStringLiteral("version"))) {
        Terminal::print(QStringLiteral("sojourn " SOJOURN_VERSION "\n"));
        Terminal::flush();
        return Done;
    }

    const Outcome<void> outcome = Cli(*line).run();
    Terminal::flush();
    if (outcome)
        return Done;
    Terminal::note(outcome.error().text);
    return outcome.error().code;
}
