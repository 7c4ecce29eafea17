// SPDX-License-Identifier: MIT
#include "look/inspectorstyle.h"
#include "look/theme.h"
#include "quitsignals.h"
#include "window/mainwindow.h"

#include <Sojourn/Author>
#include <Sojourn/version.h>

#include <QtCore/QCommandLineParser>
#include <QtCore/QLibraryInfo>
#include <QtCore/QTranslator>
#include <QtWidgets/QApplication>
#include <QtWidgets/QStyle>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <memory>

using namespace Qt::StringLiterals;
using namespace Sojourn::Inspector;

/// Help and version need no display.
static std::unique_ptr<QCoreApplication> makeApplication(int &argc, char **argv)
{
    const bool onlySpeaks = std::any_of(argv + 1, argv + argc, [](const char *argument) {
        const auto options = {"-h", "--help", "--help-all", "-v", "--version", "-?"};
        return std::ranges::any_of(options, [argument](const char *option) { return std::strcmp(argument, option) == 0; });
    });
    if (onlySpeaks)
        return std::make_unique<QCoreApplication>(argc, argv);
    return std::make_unique<QApplication>(argc, argv);
}

int main(int argc, char *argv[])
{
    const std::unique_ptr<QCoreApplication> application = makeApplication(argc, argv);
    QCoreApplication::setApplicationName(u"sojourn-inspector"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(SOJOURN_VERSION_STR));

    QTranslator qtTranslator, translator;
    if (qtTranslator.load(QLocale(), u"qtbase"_s, u"_"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&qtTranslator);
    // English is a translation too: it knows one session from two.
    if (translator.load(QLocale(), u"sojourn"_s, u"_"_s, u":/i18n"_s) || translator.load(u":/i18n/sojourn_en.qm"_s))
        QCoreApplication::installTranslator(&translator);

    Sojourn::Author::setTool(u"sojourn-inspector"_s);
    QCommandLineParser parser;
    parser.setApplicationDescription(MainWindow::tr("Shows and changes the sessions of web applications, live."));
    parser.addPositionalArgument(
        u"stores"_s, MainWindow::tr("Stores to open: sqlite:PATH, redis://HOST, live:NAME, memory:, or snapshot files."),
        u"[STORE-URL...]"_s);
    const QCommandLineOption readOnly(u"read-only"_s, MainWindow::tr("Open every store for reading only."));
    const QCommandLineOption colours(u"color-scheme"_s, MainWindow::tr("light or dark, whatever the system says."), u"scheme"_s);
    parser.addOptions({readOnly, colours});
    parser.addHelpOption();
    parser.addVersionOption();
    // As the other programs say it: one line, and 2 for wrong usage.
    if (!parser.parse(QCoreApplication::arguments())) {
        std::fprintf(stderr, "sojourn-inspector: %s Try --help.\n", qPrintable(parser.errorText()));
        return 2;
    }
    parser.process(*application);

    auto *app = qobject_cast<QApplication *>(application.get());
    if (!app) // "-- --help" is a file name
        return 1;
    app->setDesktopFileName(u"io.github.sojourn.Inspector"_s);
    app->setWindowIcon(Theme::icon(u"sojourn-inspector"_s));
    if (parser.isSet(colours)) {
        app->setStyle(u"Fusion"_s);
        app->setPalette(Theme::palette(parser.value(colours) == "dark"_L1));
    }
    if (app->style()->name() == "fusion"_L1) // no other style is tampered with
        app->setStyle(new InspectorStyle);

    MainWindow window(parser.isSet(readOnly));
    // Nobody can be asked any more: what changed a moment ago is saved.
    QObject::connect(app, &QGuiApplication::commitDataRequest, &window, &MainWindow::saveLayout, Qt::DirectConnection);
    new QuitSignals(app, [&window] {
        window.saveLayout();
        QCoreApplication::exit();
    });
    window.show();
    for (const QString &url : parser.positionalArguments())
        window.open(Connection::forUrl(url));
    if (parser.positionalArguments().isEmpty())
        window.openAgain();
    return app->exec();
}
