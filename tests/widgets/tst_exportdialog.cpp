#include "stallgate.h"
#include "widgets/confabstyle.h"
#include "widgets/exportdialog.h"

#include "widgetwalk.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QLabel>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace confab;

class TestExportDialog : public QObject
{
    Q_OBJECT

private:
    template <typename T>
    T *child(const char *name)
    {
        return m_dialog->findChild<T *>(QLatin1String(name));
    }
    /// As if the person had chosen this file.
    void choose(const QString &file)
    {
        child<QPushButton>("exportAdvance")->click();
        auto *files = child<QFileDialog>("exportFile");
        QVERIFY(files);
        emit files->fileSelected(file);
        files->close();
    }

    Theme m_theme;
    QTemporaryDir m_folder;
    QPointer<ExportDialog> m_dialog;

private slots:
    void initTestCase() { applyTheme(*qApp, m_theme); }
    void init()
    {
        m_dialog = new ExportDialog(QStringLiteral("Team: a/b"), nullptr);
        m_dialog->show();
    }
    void cleanup() { delete m_dialog; }

    void theFileIsNamedAfterTheChat()
    {
        child<QPushButton>("exportAdvance")->click();
        const auto *files = child<QFileDialog>("exportFile");
        QVERIFY(files);
        QCOMPARE(QFileInfo(files->selectedFiles().value(0)).fileName(), QStringLiteral("Team a b.html"));
        QCOMPARE(files->acceptMode(), QFileDialog::AcceptSave);
    }

    void theChosenFormatAndFileAreTold_data()
    {
        QTest::addColumn<QString>("button");
        QTest::addColumn<ExportFormat>("format");
        QTest::newRow("web page") << QStringLiteral("exportPage") << ExportFormat::Html;
        QTest::newRow("JSON") << QStringLiteral("exportData") << ExportFormat::Json;
    }
    void theChosenFormatAndFileAreTold()
    {
        QFETCH(QString, button);
        QFETCH(ExportFormat, format);
        QSignalSpy requested(m_dialog, &ExportDialog::exportRequested);
        m_dialog->findChild<QRadioButton *>(button)->click();
        choose(m_folder.filePath(QStringLiteral("file")));
        QCOMPARE(requested.size(), 1);
        QCOMPARE(requested[0][0].value<ExportFormat>(), format);
        QVERIFY(requested[0][1].toBool());
        QCOMPARE(requested[0][2].toString(), m_folder.filePath(QStringLiteral("file")));
        QVERIFY(child<QProgressBar>("exportProgress")->isVisible());
    }

    void filesMayBeLeftOut()
    {
        QSignalSpy requested(m_dialog, &ExportDialog::exportRequested);
        child<QCheckBox>("exportFiles")->click();
        choose(m_folder.filePath(QStringLiteral("file")));
        QCOMPARE(requested.size(), 1);
        QVERIFY(!requested[0][1].toBool());
    }

    void missingFilesAreCounted()
    {
        choose(m_folder.filePath(QStringLiteral("file.html")));
        m_dialog->setFetchingFiles(1, 3);
        QVERIFY(child<QLabel>("exportStatus")->text().startsWith(QStringLiteral("1 of 3 files")));
        m_dialog->setEnded(false, {}, 2);
        QVERIFY(child<QLabel>("exportStatus")->text().contains(QStringLiteral("2 file(s)")));
    }

    void progressIsShown()
    {
        choose(m_folder.filePath(QStringLiteral("file.html")));
        m_dialog->setFetching();
        QCOMPARE(child<QProgressBar>("exportProgress")->maximum(), 0);
        m_dialog->setProgress(50, 200);
        const auto *bar = child<QProgressBar>("exportProgress");
        QCOMPARE(bar->value() * 4, bar->maximum());
        QVERIFY(child<QLabel>("exportStatus")->text().startsWith(QStringLiteral("50 of 200")));
    }

    void closingCancelsWhatIsUnderWay()
    {
        choose(m_folder.filePath(QStringLiteral("file.html")));
        QSignalSpy cancelled(m_dialog, &ExportDialog::cancelRequested);
        QTest::keyClick(m_dialog, Qt::Key_Escape);
        QCOMPARE(cancelled.size(), 1);
        QVERIFY(m_dialog->isVisible());
        m_dialog->setEnded(true, {}, 0);
        QVERIFY(child<QLabel>("exportStatus")->text().contains(QStringLiteral("No file was written")));
        QTest::keyClick(m_dialog, Qt::Key_Escape);
        QTRY_VERIFY(!m_dialog);
    }

    void theEndOffersTheFolder()
    {
        choose(m_folder.filePath(QStringLiteral("file.html")));
        m_dialog->setEnded(false, {}, 0);
        QVERIFY(child<QLabel>("exportStatus")->text().contains(m_folder.filePath(QStringLiteral("file.html"))));
        QSignalSpy opened(m_dialog, &ExportDialog::openFolderRequested);
        child<QPushButton>("exportAdvance")->click();
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].toString(), m_folder.path());
    }

    void aFailureIsSaidAndMayBeTriedAgain()
    {
        choose(m_folder.filePath(QStringLiteral("file.html")));
        m_dialog->setEnded(false, QStringLiteral("The disk is full."), 0);
        QCOMPARE(child<QLabel>("exportStatus")->text(), QStringLiteral("The disk is full."));
        QVERIFY(child<QRadioButton>("exportPage")->isVisible());
    }

    void everyControlHasItsNames()
    {
        QCOMPARE(testing::namelessControls(m_dialog).join(u'\n'), QString());
    }
};

CONFAB_GATED_MAIN(TestExportDialog)
#include "tst_exportdialog.moc"
