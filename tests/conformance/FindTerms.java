package org.omegat.gui.glossary;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.omegat.core.Core;
import org.omegat.core.data.EntryKey;
import org.omegat.core.data.NotLoadedProject;
import org.omegat.core.data.ProjectProperties;
import org.omegat.core.data.SourceTextEntry;
import org.omegat.tokenizer.ITokenizer;
import org.omegat.tokenizer.LuceneSmartChineseTokenizer;

/**
 * Reads a glossary with OmegaT's own reader, then finds its entries with OmegaT's own search in each line of standard
 * input: prints source, rendering and comment of each, the fields parted by U+001F and the entries by U+001E. The
 * project is one from Chinese to English, with the tokenizer that OmegaT takes for Chinese.
 */
public final class FindTerms {
    private static final class Project extends NotLoadedProject {
        private final ITokenizer tokenizer = new LuceneSmartChineseTokenizer();
        private final ProjectProperties properties;

        Project() throws Exception {
            properties = new ProjectProperties(new File("project")) {};
            properties.setSourceLanguage("ZH-CN");
            properties.setTargetLanguage("EN");
        }

        @Override
        public ProjectProperties getProjectProperties() {
            return properties;
        }

        @Override
        public ITokenizer getSourceTokenizer() {
            return tokenizer;
        }
    }

    private static final class Search extends FindGlossaryThread {
        Search(String text, GlossaryManager manager) {
            super(null, entry(text), manager);
        }

        private static SourceTextEntry entry(String text) {
            return new SourceTextEntry(new EntryKey("", text, "", "", "", ""), 1, null, null, new ArrayList<>());
        }

        @Override
        protected boolean isEntryChanged() {
            return false; // no window in which it could change
        }
    }

    private static List<GlossaryEntry> read(File file) throws Exception {
        return file.getName().endsWith(".tbx") ? GlossaryReaderTBX.read(file, false) : GlossaryReaderTSV.read(file, false);
    }

    public static void main(String[] arguments) throws Exception {
        Core.setProject(new Project());
        List<GlossaryEntry> entries = read(new File(arguments[0]));
        GlossaryManager manager = new GlossaryManager(null) {
            @Override
            public List<GlossaryEntry> getGlossaryEntries(String text) {
                return entries;
            }
        };
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String text = in.readLine(); text != null; text = in.readLine()) {
            StringJoiner found = new StringJoiner("\u001e");
            for (GlossaryEntry entry : new Search(text, manager).search()) {
                String[] renderings = entry.getLocTerms(false);
                for (int n = 0; n < renderings.length; n++) {
                    found.add(String.join("\u001f", entry.getSrcText(), renderings[n], entry.getComments()[n]));
                }
            }
            out.println(found.toString().replace("\n", "\u001d"));
        }
    }
}
