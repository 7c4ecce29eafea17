// SPDX-License-Identifier: MIT
#pragma once

#include "table/sessionmodel.h"

#include <QtWidgets/QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace Sojourn::Inspector {

class SearchLine;

/// The bar above the table: the search line, what else the filter has, and how far the search is.
class SearchBar final : public QWidget
{
    Q_OBJECT
public:
    SearchBar(SessionModel *model, QWidget *parent = nullptr);

    /// Shows what the table is filtered by.
    void setFilter(const SessionFilter &filter);
    [[nodiscard]] bool isEmpty() const;
    void focusLine();
    /// As if \a line had been typed.
    void search(const QString &line);
    /// The status of the model has changed.
    void showProgress();
    /// A place for a button at the end of the line.
    void addButton(QWidget *button);
    /// The names of attributes that are known.
    [[nodiscard]] QStringList attributeNames() const;
    /// What is in the line, to be kept.
    [[nodiscard]] QString line() const;

Q_SIGNALS:
    /// What was typed says so, or a part was taken away.
    void filterChosen(const Sojourn::Inspector::SessionFilter &filter);

private:
    enum class Typing { GoesOn, Ends };
    void apply(Typing typing);
    void showDeadlines();
    [[nodiscard]] QString foundText() const;
    void findNames();

    SessionModel *m_model;
    SessionFilter m_filter;
    QTimer m_delay;
    SearchLine *m_line;
    QPushButton *m_deadlines, *m_clear, *m_stop;
    QLabel *m_fault, *m_state;
    QProgressBar *m_progress;
    bool m_namesKnown = false;
};

} // namespace Sojourn::Inspector
