<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>CollapseVerdict</name>
    <message>
        <source>These are the features before the first step. A network with random weights sees little difference between images; what counts comes with the next evaluations.</source>
        <translation>Das sind die Merkmale vor dem ersten Schritt. Ein Netz mit zufälligen Gewichten sieht kaum Unterschiede zwischen Bildern; was zählt, kommt mit den nächsten Auswertungen.</translation>
    </message>
    <message>
        <source>No sign of collapse: the features of different images differ (deviation %1 of at most 1) and use about %2 directions.</source>
        <translation>Kein Anzeichen von Kollaps: Die Merkmale verschiedener Bilder unterscheiden sich (Abweichung %1 von höchstens 1) und nutzen etwa %2 Richtungen.</translation>
    </message>
    <message>
        <source>The features have lost directions: about %1 of the %2 that they used at their best. Where accuracy falls as well, go back to an earlier checkpoint with a smaller learning rate.</source>
        <translation>Die Merkmale haben Richtungen verloren: etwa %1 von den %2, die sie im besten Fall nutzten. Sinkt auch die Genauigkeit, zu einem früheren Checkpoint zurückkehren, mit kleinerer Lernrate.</translation>
    </message>
    <message>
        <source>%1 % of the feature dimensions no longer vary from image to image: a part of the network is unused. A smaller learning rate or a longer warm-up is the usual remedy.</source>
        <translation>%1 % der Merkmalsdimensionen ändern sich von Bild zu Bild nicht mehr: Ein Teil des Netzes ist ungenutzt. Üblicherweise hilft eine kleinere Lernrate oder ein längeres Warm-up.</translation>
    </message>
    <message>
        <source>Collapsed: all images look alike to the network (deviation %1, about %2 direction(s)). It rarely recovers. Stop the run; a smaller learning rate, the prediction head and the momentum encoder are what keeps features apart.</source>
        <translation>Kollabiert: Für das Netz sehen alle Bilder gleich aus (Abweichung %1, etwa %2 Richtung(en)). Davon erholt es sich selten. Den Lauf stoppen; eine kleinere Lernrate, der Prädiktionskopf und der Momentum-Encoder halten die Merkmale auseinander.</translation>
    </message>
    <message>
        <source>The features are not finite: the weights have overflowed. Go back to a checkpoint.</source>
        <translation>Die Merkmale sind nicht endlich: Die Gewichte sind übergelaufen. Zu einem Checkpoint zurückkehren.</translation>
    </message>
    <message>
        <source>How far the features of different images differ is measured with every evaluation (evaluation.knn_every_epochs).</source>
        <translation>Wie sehr sich die Merkmale verschiedener Bilder unterscheiden, wird bei jeder Auswertung gemessen (evaluation.knn_every_epochs).</translation>
    </message>
</context>
<context>
    <name>CompareCurves</name>
    <message>
        <source>options not known</source>
        <translation>Optionen unbekannt</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Mean ± standard deviation of %1</source>
        <translation>Mittelwert ± Standardabweichung von %1</translation>
    </message>
</context>
<context>
    <name>CompareModel</name>
    <message>
        <source>%1 (%2 seeds)</source>
        <translation>%1 (%2 Seeds)</translation>
    </message>
</context>
<context>
    <name>CopyTable</name>
    <message>
        <source>With tabs, for a spreadsheet</source>
        <translation>Mit Tabulatoren, für eine Tabellenkalkulation</translation>
    </message>
    <message>
        <source>As CSV</source>
        <translation>Als CSV</translation>
    </message>
    <message>
        <source>As Markdown</source>
        <translation>Als Markdown</translation>
    </message>
    <message>
        <source>Copy table ▾</source>
        <translation>Kopieren ▾</translation>
    </message>
</context>
<context>
    <name>Dataset</name>
    <message>
        <source>folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>tar archive</source>
        <translation>tar-Archiv</translation>
    </message>
    <message>
        <source>embedded demo</source>
        <translation>eingebaute Demo</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Save as image</source>
        <translation>Als Bild speichern</translation>
    </message>
    <message>
        <source>Scalable image (*.svg)</source>
        <translation>Skalierbares Bild (*.svg)</translation>
    </message>
    <message>
        <source>Document (*.pdf)</source>
        <translation>Dokument (*.pdf)</translation>
    </message>
    <message>
        <source>Image (*.png)</source>
        <translation>Bild (*.png)</translation>
    </message>
    <message>
        <source>Save data</source>
        <translation>Daten speichern</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>Durch Kommas getrennte Werte (*.csv)</translation>
    </message>
    <message>
        <source>Images on white</source>
        <translation>Bilder auf Weiß</translation>
    </message>
    <message>
        <source>Plot as image (SVG, PDF, PNG)…</source>
        <translation>Diagramm als Bild (SVG, PDF, PNG) …</translation>
    </message>
    <message>
        <source>Data as CSV…</source>
        <translation>Daten als CSV …</translation>
    </message>
</context>
<context>
    <name>Figure</name>
    <message>
        <source>Loss, last</source>
        <translation>Loss, letzter</translation>
    </message>
    <message>
        <source>Training loss of the last step. Better or worse only beside runs of the same framework, temperature, batch and views</source>
        <translation>Trainings-Loss des letzten Schritts. Besser oder schlechter nur neben Läufen mit gleichem Framework, gleicher Temperatur, Batch und Ansichten</translation>
    </message>
    <message>
        <source>Loss, lowest</source>
        <translation>Loss, kleinster</translation>
    </message>
    <message>
        <source>Lowest training loss of any step. Better or worse only beside runs of the same framework, temperature, batch and views</source>
        <translation>Kleinster Trainings-Loss aller Schritte. Besser oder schlechter nur neben Läufen mit gleichem Framework, gleicher Temperatur, Batch und Ansichten</translation>
    </message>
    <message>
        <source>kNN top-1, last</source>
        <translation>kNN Top-1, letzte</translation>
    </message>
    <message>
        <source>Accuracy of the last evaluation</source>
        <translation>Genauigkeit der letzten Auswertung</translation>
    </message>
    <message>
        <source>kNN top-1, best</source>
        <translation>kNN Top-1, beste</translation>
    </message>
    <message>
        <source>Highest accuracy of any evaluation</source>
        <translation>Höchste Genauigkeit aller Auswertungen</translation>
    </message>
    <message>
        <source>kNN top-5, best</source>
        <translation>kNN Top-5, beste</translation>
    </message>
    <message>
        <source>Highest top-5 accuracy of any evaluation</source>
        <translation>Höchste Top-5-Genauigkeit aller Auswertungen</translation>
    </message>
    <message>
        <source>Linear probing, top-1</source>
        <translation>Linear Probing, Top-1</translation>
    </message>
    <message>
        <source>Last accuracy of the best learning rate: of the run itself, or of the last one that evaluated it</source>
        <translation>Letzte Genauigkeit der besten Lernrate: des Laufs selbst oder des letzten, der ihn ausgewertet hat</translation>
    </message>
    <message>
        <source>Linear probing, learning rate</source>
        <translation>Linear Probing, Lernrate</translation>
    </message>
    <message>
        <source>The best of the sweep, per 256 images</source>
        <translation>Die beste der ausprobierten, je 256 Bilder</translation>
    </message>
    <message>
        <source>Fine-tuning, top-1</source>
        <translation>Fine-Tuning, Top-1</translation>
    </message>
    <message>
        <source>Last accuracy: of the run itself, or of the last one that evaluated it</source>
        <translation>Letzte Genauigkeit: des Laufs selbst oder des letzten, der ihn ausgewertet hat</translation>
    </message>
    <message>
        <source>Effective rank, last</source>
        <translation>Effektiver Rang, letzter</translation>
    </message>
    <message>
        <source>Dimensions that the features really use; 1 is collapse</source>
        <translation>Dimensionen, die die Merkmale wirklich nutzen; 1 ist ein Kollaps</translation>
    </message>
    <message>
        <source>Images per second</source>
        <translation>Bilder je Sekunde</translation>
    </message>
    <message>
        <source>Over the whole run, evaluations included</source>
        <translation>Über den ganzen Lauf, mit Auswertungen</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Steps that were trained</source>
        <translation>Schritte, die trainiert wurden</translation>
    </message>
    <message>
        <source>Training time</source>
        <translation>Trainingszeit</translation>
    </message>
    <message>
        <source>Pauses left out</source>
        <translation>Ohne Pausen</translation>
    </message>
</context>
<context>
    <name>Metric</name>
    <message>
        <source>Loss</source>
        <translation>Loss</translation>
    </message>
    <message>
        <source>kNN top-1</source>
        <translation>kNN Top-1</translation>
    </message>
    <message>
        <source>kNN top-5</source>
        <translation>kNN Top-5</translation>
    </message>
    <message>
        <source>Linear top-1</source>
        <translation>Linear Top-1</translation>
    </message>
    <message>
        <source>Linear top-5</source>
        <translation>Linear Top-5</translation>
    </message>
    <message>
        <source>Test loss</source>
        <translation>Test-Loss</translation>
    </message>
    <message>
        <source>Best learning rate</source>
        <translation>Beste Lernrate</translation>
    </message>
    <message>
        <source>Fine-tuned top-1</source>
        <translation>Fine-Tuning Top-1</translation>
    </message>
    <message>
        <source>Fine-tuned top-5</source>
        <translation>Fine-Tuning Top-5</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Encoder momentum</source>
        <translation>Momentum des Encoders</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>Gradientennorm</translation>
    </message>
    <message>
        <source>Images per second</source>
        <translation>Bilder je Sekunde</translation>
    </message>
    <message>
        <source>Step time</source>
        <translation>Zeit je Schritt</translation>
    </message>
    <message>
        <source>Wait for data</source>
        <translation>Warten auf Daten</translation>
    </message>
    <message>
        <source>Feature deviation</source>
        <translation>Abweichung der Merkmale</translation>
    </message>
    <message>
        <source>Effective rank</source>
        <translation>Effektiver Rang</translation>
    </message>
    <message>
        <source>Alignment of views</source>
        <translation>Alignment der Ansichten</translation>
    </message>
    <message>
        <source>Uniformity</source>
        <translation>Uniformität</translation>
    </message>
    <message>
        <source>Dead dimensions</source>
        <translation>Tote Dimensionen</translation>
    </message>
    <message>
        <source>Linear top-1, rate %1</source>
        <translation>Linear Top-1, Rate %1</translation>
    </message>
</context>
<context>
    <name>Option</name>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Pretraining learns the backbone without labels. The others say what the backbone of model.initial_weights is worth on labelled images; without initial weights, what an untrained one is worth.</source>
        <translation>Das Vortraining lernt das Backbone ohne Labels. Die anderen sagen, was das Backbone aus model.initial_weights auf Bildern mit Labels wert ist; ohne Anfangsgewichte, was ein untrainiertes wert ist.</translation>
    </message>
    <message>
        <source>pretraining</source>
        <translation>Vortraining</translation>
    </message>
    <message>
        <source>kNN on frozen features</source>
        <translation>kNN auf eingefrorenen Merkmalen</translation>
    </message>
    <message>
        <source>linear probing</source>
        <translation>Linear Probing</translation>
    </message>
    <message>
        <source>end-to-end fine-tuning</source>
        <translation>Fine-Tuning des ganzen Netzes</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>A folder of images (its subfolders are the classes), a .tar or .tar.gz of one, a folder of CIFAR-10/100 binary files, or &apos;demo&apos; for the built-in images. Folders named train and test (or val) are taken as such.</source>
        <translation>Ein Ordner mit Bildern (seine Unterordner sind die Klassen), ein .tar oder .tar.gz davon, ein Ordner mit Binärdateien von CIFAR-10/100 oder &apos;demo&apos; für die eingebauten Bilder. Ordner namens train und test (oder val) gelten als solche.</translation>
    </message>
    <message>
        <source>Test images</source>
        <translation>Testbilder</translation>
    </message>
    <message>
        <source>Labelled images on which accuracy is measured. Empty: the test part of the images, if they have one.</source>
        <translation>Bilder mit Labels, auf denen die Genauigkeit gemessen wird. Leer: der Testteil der Bilder, falls sie einen haben.</translation>
    </message>
    <message>
        <source>Images per class</source>
        <translation>Bilder je Klasse</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Uses only the first images, by name, of each class.</source>
        <translation>Verwendet von jeder Klasse nur die ersten Bilder, nach Namen.</translation>
    </message>
    <message>
        <source>Test images per class</source>
        <translation>Testbilder je Klasse</translation>
    </message>
    <message>
        <source>Uses only the first test images, by name, of each class.</source>
        <translation>Verwendet von jeder Klasse nur die ersten Testbilder, nach Namen.</translation>
    </message>
    <message>
        <source>Loader threads</source>
        <translation>Lade-Threads</translation>
    </message>
    <message>
        <source>one per core</source>
        <translation>einer je Kern</translation>
    </message>
    <message>
        <source>Threads that decode images and draw views. The views are the same for any number.</source>
        <translation>Threads, die Bilder decodieren und Ansichten ziehen. Die Ansichten sind bei jeder Zahl dieselben.</translation>
    </message>
    <message>
        <source>Batches kept ready</source>
        <translation>Vorbereitete Batches</translation>
    </message>
    <message>
        <source>Batches prepared ahead of the training step.</source>
        <translation>Batches, die dem Trainingsschritt voraus bereitliegen.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Backbone</source>
        <translation>Backbone</translation>
    </message>
    <message>
        <source>Sets depth, width, heads and patch size, unless given below.</source>
        <translation>Bestimmt Tiefe, Breite, Köpfe und Patchgröße, soweit unten nichts anderes steht.</translation>
    </message>
    <message>
        <source>ViT-Tiny (192 wide, 12 deep)</source>
        <translation>ViT-Tiny (192 breit, 12 tief)</translation>
    </message>
    <message>
        <source>ViT-S (384 wide, 12 deep)</source>
        <translation>ViT-S (384 breit, 12 tief)</translation>
    </message>
    <message>
        <source>ViT-B (768 wide, 12 deep)</source>
        <translation>ViT-B (768 breit, 12 tief)</translation>
    </message>
    <message>
        <source>ViT-L (1024 wide, 24 deep)</source>
        <translation>ViT-L (1024 breit, 24 tief)</translation>
    </message>
    <message>
        <source>ViT-H (1280 wide, 32 deep)</source>
        <translation>ViT-H (1280 breit, 32 tief)</translation>
    </message>
    <message>
        <source>ResNet-18</source>
        <translation>ResNet-18</translation>
    </message>
    <message>
        <source>ResNet-34</source>
        <translation>ResNet-34</translation>
    </message>
    <message>
        <source>ResNet-50</source>
        <translation>ResNet-50</translation>
    </message>
    <message>
        <source>Image size</source>
        <translation>Bildgröße</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Side of the views; a multiple of the patch size.</source>
        <translation>Seitenlänge der Ansichten; ein Vielfaches der Patchgröße.</translation>
    </message>
    <message>
        <source>Patch size</source>
        <translation>Patchgröße</translation>
    </message>
    <message>
        <source>as named</source>
        <translation>wie der Name sagt</translation>
    </message>
    <message>
        <source>Side of the patches that become tokens.</source>
        <translation>Seitenlänge der Patches, die zu Tokens werden.</translation>
    </message>
    <message>
        <source>Freeze patch projection</source>
        <translation>Patch-Projektion einfrieren</translation>
    </message>
    <message>
        <source>Keeps the patch projection at its random initialisation: the study&apos;s remedy against instability. With ConvStem the whole stem; without effect on a ResNet.</source>
        <translation>Lässt die Patch-Projektion bei ihrer zufälligen Initialisierung: das Mittel der Studie gegen Instabilität. Bei ConvStem den ganzen Stamm; bei einem ResNet ohne Wirkung.</translation>
    </message>
    <message>
        <source>Stem</source>
        <translation>Stamm</translation>
    </message>
    <message>
        <source>What comes before the blocks: the patch projection of a ViT or the 7×7 convolution and pooling of a ResNet; four 3×3 convolutions (ConvStem, ViT with patch 16, one block fewer); one 3×3 convolution without stride (ResNet on small images).</source>
        <translation>Was vor den Blöcken kommt: die Patch-Projektion eines ViT oder die 7×7-Faltung mit Pooling eines ResNet; vier 3×3-Faltungen (ConvStem, ViT mit Patch 16, ein Block weniger); eine 3×3-Faltung ohne Schrittweite (ResNet auf kleinen Bildern).</translation>
    </message>
    <message>
        <source>standard</source>
        <translation>normal</translation>
    </message>
    <message>
        <source>ConvStem (ViT)</source>
        <translation>ConvStem (ViT)</translation>
    </message>
    <message>
        <source>small images (ResNet)</source>
        <translation>kleine Bilder (ResNet)</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>Pooling</translation>
    </message>
    <message>
        <source>What of a ViT&apos;s tokens becomes the feature.</source>
        <translation>Was von den Tokens eines ViT zum Merkmal wird.</translation>
    </message>
    <message>
        <source>class token</source>
        <translation>Klassen-Token</translation>
    </message>
    <message>
        <source>no class token: final norm, then mean</source>
        <translation>kein Klassen-Token: letzte Norm, dann Mittel</translation>
    </message>
    <message>
        <source>no class token: mean, no final norm</source>
        <translation>kein Klassen-Token: Mittel, keine letzte Norm</translation>
    </message>
    <message>
        <source>Position embedding</source>
        <translation>Positionseinbettung</translation>
    </message>
    <message>
        <source>How the tokens of a ViT know their place.</source>
        <translation>Woher die Tokens eines ViT ihren Ort kennen.</translation>
    </message>
    <message>
        <source>fixed 2-D sine and cosine</source>
        <translation>fest, 2-D Sinus und Kosinus</translation>
    </message>
    <message>
        <source>learned</source>
        <translation>gelernt</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Norm of MLP blocks</source>
        <translation>Norm der MLP-Blöcke</translation>
    </message>
    <message>
        <source>Batch normalisation there makes a ViT-BN.</source>
        <translation>Mit Batch-Normalisierung wird daraus ein ViT-BN.</translation>
    </message>
    <message>
        <source>layer norm</source>
        <translation>Layer-Norm</translation>
    </message>
    <message>
        <source>batch norm (ViT-BN)</source>
        <translation>Batch-Norm (ViT-BN)</translation>
    </message>
    <message>
        <source>Weight norm on patch projection</source>
        <translation>Gewichtsnorm der Patch-Projektion</translation>
    </message>
    <message>
        <source>Splits the weights of the patch projection into direction and length; the study tried it against instability.</source>
        <translation>Zerlegt die Gewichte der Patch-Projektion in Richtung und Länge; die Studie versuchte es gegen Instabilität.</translation>
    </message>
    <message>
        <source>Zero-initialise residuals</source>
        <translation>Residuen mit 0 beginnen</translation>
    </message>
    <message>
        <source>The last γ of each residual block of a ResNet starts at 0.</source>
        <translation>Das letzte γ jedes Residualblocks eines ResNet beginnt bei 0.</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Tiefe</translation>
    </message>
    <message>
        <source>Number of blocks.</source>
        <translation>Zahl der Blöcke.</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Dimension of the tokens; a multiple of 4 and of the heads.</source>
        <translation>Dimension der Tokens; ein Vielfaches von 4 und der Köpfe.</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>Köpfe</translation>
    </message>
    <message>
        <source>Attention heads; must divide the width.</source>
        <translation>Attention-Köpfe; müssen die Breite teilen.</translation>
    </message>
    <message>
        <source>MLP ratio</source>
        <translation>MLP-Verhältnis</translation>
    </message>
    <message>
        <source>Hidden width of the MLP of a block, relative to the width.</source>
        <translation>Innere Breite des MLP eines Blocks, relativ zur Breite.</translation>
    </message>
    <message>
        <source>Initial weights</source>
        <translation>Anfangsgewichte</translation>
    </message>
    <message>
        <source>A file to start from instead of a random initialisation: a checkpoint of this program or of the authors, or a backbone with timm&apos;s or torchvision&apos;s names; .safetensors, .pth.tar, .pth or .pt. Pickled code is not executed.</source>
        <translation>Eine Datei, von der statt von einer zufälligen Initialisierung ausgegangen wird: ein Checkpoint dieses Programms oder der Autoren oder ein Backbone mit den Namen von timm oder torchvision; .safetensors, .pth.tar, .pth oder .pt. Pickle-Code wird nicht ausgeführt.</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Framework</source>
        <translation>Framework</translation>
    </message>
    <message>
        <source>The self-supervised framework.</source>
        <translation>Das selbstüberwachte Verfahren.</translation>
    </message>
    <message>
        <source>MoCo v3</source>
        <translation>MoCo v3</translation>
    </message>
    <message>
        <source>SimCLR</source>
        <translation>SimCLR</translation>
    </message>
    <message>
        <source>BYOL</source>
        <translation>BYOL</translation>
    </message>
    <message>
        <source>SwAV</source>
        <translation>SwAV</translation>
    </message>
    <message>
        <source>MoCo v1</source>
        <translation>MoCo v1</translation>
    </message>
    <message>
        <source>MoCo v2</source>
        <translation>MoCo v2</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Divides the logits of the loss (BYOL has none). MoCo v3: 0.2 for ViT, 1.0 for ResNet-50; SwAV: 0.1; MoCo v1: 0.07; MoCo v2: 0.2.</source>
        <translation>Teilt die Logits des Loss (BYOL hat keine). MoCo v3: 0.2 für ViT, 1.0 für ResNet-50; SwAV: 0.1; MoCo v1: 0.07; MoCo v2: 0.2.</translation>
    </message>
    <message>
        <source>Encoder momentum</source>
        <translation>Momentum des Encoders</translation>
    </message>
    <message>
        <source>Share of its own weights that the momentum encoder of MoCo and BYOL keeps at each step.</source>
        <translation>Anteil der eigenen Gewichte, den der Momentum-Encoder von MoCo und BYOL bei jedem Schritt behält.</translation>
    </message>
    <message>
        <source>Momentum schedule</source>
        <translation>Momentum-Verlauf</translation>
    </message>
    <message>
        <source>Cosine raises the momentum to 1 over the run.</source>
        <translation>Kosinus hebt das Momentum über den Lauf auf 1.</translation>
    </message>
    <message>
        <source>cosine to 1</source>
        <translation>Kosinus bis 1</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>konstant</translation>
    </message>
    <message>
        <source>Projector layers</source>
        <translation>Schichten des Projektors</translation>
    </message>
    <message>
        <source>Layers of the projection head; 3 for ViT, 2 for ResNet-50.</source>
        <translation>Schichten des Projektionskopfs; 3 für ViT, 2 für ResNet-50.</translation>
    </message>
    <message>
        <source>Projector width</source>
        <translation>Breite des Projektors</translation>
    </message>
    <message>
        <source>Hidden width of the projection head.</source>
        <translation>Innere Breite des Projektionskopfs.</translation>
    </message>
    <message>
        <source>Predictor layers</source>
        <translation>Schichten des Prädiktors</translation>
    </message>
    <message>
        <source>no prediction head</source>
        <translation>kein Prädiktionskopf</translation>
    </message>
    <message>
        <source>Layers of the prediction head of MoCo v3 and BYOL.</source>
        <translation>Schichten des Prädiktionskopfs von MoCo v3 und BYOL.</translation>
    </message>
    <message>
        <source>Predictor width</source>
        <translation>Breite des Prädiktors</translation>
    </message>
    <message>
        <source>Hidden width of the prediction head.</source>
        <translation>Innere Breite des Prädiktionskopfs.</translation>
    </message>
    <message>
        <source>Output width</source>
        <translation>Ausgabebreite</translation>
    </message>
    <message>
        <source>Dimension of the vectors that the loss compares.</source>
        <translation>Dimension der Vektoren, die der Loss vergleicht.</translation>
    </message>
    <message>
        <source>BN in heads</source>
        <translation>BN in den Köpfen</translation>
    </message>
    <message>
        <source>Batch normalisation in the projection and the prediction head; without it their layers have biases.</source>
        <translation>Batch-Normalisierung im Projektions- und im Prädiktionskopf; ohne sie haben deren Schichten Biases.</translation>
    </message>
    <message>
        <source>BN on predictor output</source>
        <translation>BN am Prädiktorausgang</translation>
    </message>
    <message>
        <source>Batch normalisation also on the output of the prediction head: on for ViT, off for ResNet-50.</source>
        <translation>Batch-Normalisierung auch am Ausgang des Prädiktionskopfs: an für ViT, aus für ResNet-50.</translation>
    </message>
    <message>
        <source>Queue size</source>
        <translation>Größe der Queue</translation>
    </message>
    <message>
        <source>keys</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>Keys of earlier steps that are the negatives of MoCo v1 and v2.</source>
        <translation>Keys früherer Schritte, die die Negativbeispiele von MoCo v1 und v2 sind.</translation>
    </message>
    <message>
        <source>Prototypes</source>
        <translation>Prototypen</translation>
    </message>
    <message>
        <source>Cluster centres of SwAV.</source>
        <translation>Clusterzentren von SwAV.</translation>
    </message>
    <message>
        <source>Sinkhorn smoothness</source>
        <translation>Sinkhorn-Glättung</translation>
    </message>
    <message>
        <source>Smoothness of SwAV&apos;s assignment to the prototypes.</source>
        <translation>Glätte der Zuordnung von SwAV zu den Prototypen.</translation>
    </message>
    <message>
        <source>Sinkhorn iterations</source>
        <translation>Sinkhorn-Iterationen</translation>
    </message>
    <message>
        <source>Rounds in which SwAV&apos;s assignment is balanced over the prototypes.</source>
        <translation>Runden, in denen die Zuordnung von SwAV über die Prototypen ausgeglichen wird.</translation>
    </message>
    <message>
        <source>Freeze prototypes</source>
        <translation>Prototypen einfrieren</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>SwAV&apos;s prototypes do not learn at first.</source>
        <translation>Die Prototypen von SwAV lernen anfangs nicht.</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>Optimierer</translation>
    </message>
    <message>
        <source>AdamW is the study&apos;s choice for ViT.</source>
        <translation>AdamW ist die Wahl der Studie für ViT.</translation>
    </message>
    <message>
        <source>AdamW</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>LARS</source>
        <translation>LARS</translation>
    </message>
    <message>
        <source>LAMB</source>
        <translation>LAMB</translation>
    </message>
    <message>
        <source>SGD</source>
        <translation>SGD</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>per 256 images</source>
        <translation>je 256 Bilder</translation>
    </message>
    <message>
        <source>The applied rate is this times batch / 256, after warm-up.</source>
        <translation>Angewandt wird sie mal Batch / 256, nach dem Warm-up.</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Weight Decay</translation>
    </message>
    <message>
        <source>Of every parameter, as the authors&apos; AdamW does, but for what is spared below; LARS always spares biases and norms.</source>
        <translation>Auf jeden Parameter, wie es AdamW der Autoren tut, außer was unten verschont ist; LARS verschont immer Biases und Normen.</translation>
    </message>
    <message>
        <source>Beta 1</source>
        <translation>Beta 1</translation>
    </message>
    <message>
        <source>Decay of the mean gradient in AdamW and LAMB.</source>
        <translation>Abklingen des mittleren Gradienten in AdamW und LAMB.</translation>
    </message>
    <message>
        <source>Beta 2</source>
        <translation>Beta 2</translation>
    </message>
    <message>
        <source>Decay of the mean squared gradient in AdamW and LAMB.</source>
        <translation>Abklingen des mittleren quadrierten Gradienten in AdamW und LAMB.</translation>
    </message>
    <message>
        <source>Epsilon</source>
        <translation>Epsilon</translation>
    </message>
    <message>
        <source>Added to the root of the mean squared gradient in AdamW and LAMB.</source>
        <translation>Wird in AdamW und LAMB zur Wurzel des mittleren quadrierten Gradienten addiert.</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>Momentum</translation>
    </message>
    <message>
        <source>Momentum of SGD and LARS.</source>
        <translation>Momentum von SGD und LARS.</translation>
    </message>
    <message>
        <source>Trust coefficient</source>
        <translation>Trust-Koeffizient</translation>
    </message>
    <message>
        <source>Scale of LARS&apos;s rate for each layer.</source>
        <translation>Maßstab der Rate von LARS je Schicht.</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>How the learning rate goes on after warm-up.</source>
        <translation>Wie die Lernrate nach dem Warm-up weitergeht.</translation>
    </message>
    <message>
        <source>half a cosine to 0</source>
        <translation>halber Kosinus bis 0</translation>
    </message>
    <message>
        <source>step: falls at given epochs</source>
        <translation>Stufen: fällt bei gegebenen Epochen</translation>
    </message>
    <message>
        <source>Falls at epochs</source>
        <translation>Fällt bei Epochen</translation>
    </message>
    <message>
        <source>Of the step schedule: rising epochs, counted from the start of the run, separated by commas.</source>
        <translation>Zu den Stufen: steigende Epochen, ab dem Anfang des Laufs gezählt, durch Kommas getrennt.</translation>
    </message>
    <message>
        <source>Falls by factor</source>
        <translation>Fällt um den Faktor</translation>
    </message>
    <message>
        <source>What the step schedule multiplies the rate by.</source>
        <translation>Womit die Stufen die Rate multiplizieren.</translation>
    </message>
    <message>
        <source>Spared from decay</source>
        <translation>Vom Decay verschont</translation>
    </message>
    <message>
        <source>Which parameters weight decay leaves alone, besides those that LARS always spares.</source>
        <translation>Welche Parameter Weight Decay in Ruhe lässt, außer denen, die LARS immer verschont.</translation>
    </message>
    <message>
        <source>biases and norms</source>
        <translation>Biases und Normen</translation>
    </message>
    <message>
        <source>biases, norms, class token, positions</source>
        <translation>Biases, Normen, Klassen-Token, Positionen</translation>
    </message>
    <message>
        <source>Clip norm</source>
        <translation>Norm begrenzen</translation>
    </message>
    <message>
        <source>not clipped</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>Largest L2 norm of all gradients together; takes the place of the limit of 1 that LAMB has otherwise. The recorded gradients are those before clipping.</source>
        <translation>Größte L2-Norm aller Gradienten zusammen; tritt an die Stelle der Grenze von 1, die LAMB sonst hat. Aufgezeichnet werden die Gradienten davor.</translation>
    </message>
    <message>
        <source>Clip value</source>
        <translation>Wert begrenzen</translation>
    </message>
    <message>
        <source>Largest size of each element of a gradient, cut before the norm is.</source>
        <translation>Größter Betrag jedes Elements eines Gradienten, begrenzt vor der Norm.</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Batchgröße</translation>
    </message>
    <message>
        <source>images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Images of one step; also scales the learning rate.</source>
        <translation>Bilder eines Schritts; skaliert auch die Lernrate.</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>Passes over the images; the schedules end with the last.</source>
        <translation>Durchgänge durch die Bilder; die Verläufe enden mit dem letzten.</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Warm-up</translation>
    </message>
    <message>
        <source>Epochs over which the learning rate rises linearly from 0.</source>
        <translation>Epochen, in denen die Lernrate linear von 0 an steigt.</translation>
    </message>
    <message>
        <source>Step limit</source>
        <translation>Schrittgrenze</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Ends the run early without changing the schedules.</source>
        <translation>Beendet den Lauf vorher, ohne die Verläufe zu ändern.</translation>
    </message>
    <message>
        <source>Micro-batch</source>
        <translation>Mikro-Batch</translation>
    </message>
    <message>
        <source>whole batch</source>
        <translation>ganzer Batch</translation>
    </message>
    <message>
        <source>Runs the backbone over this many images of a replica&apos;s share at a time. Loss and gradients stay those of the whole batch; memory follows the micro-batch, for one more forward pass.</source>
        <translation>Lässt das Backbone jeweils über so viele Bilder des Anteils einer Replik laufen. Loss und Gradienten bleiben die des ganzen Batches; der Speicher folgt dem Mikro-Batch, um den Preis eines weiteren Vorwärtslaufs.</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Rechengenauigkeit</translation>
    </message>
    <message>
        <source>bf16 computes matrix products in bfloat16 (autocast); weights stay fp32. fp16 does so in half precision, for GPUs before Ampere: the loss is scaled, and steps whose gradients overflow are left out and recorded; fine-tuning takes bf16 in its place. auto takes bf16 where the device has instructions for it: a processor without them is many times slower in bf16 than in fp32.</source>
        <translation>bf16 rechnet Matrixprodukte in bfloat16 (autocast); Gewichte bleiben fp32. fp16 tut es in halber Genauigkeit, für GPUs vor Ampere: Der Loss wird skaliert, und Schritte mit übergelaufenen Gradienten werden ausgelassen und aufgezeichnet; Fine-Tuning nimmt stattdessen bf16. auto nimmt bf16, wo das Gerät Befehle dafür hat: Ein Prozessor ohne sie ist in bf16 um ein Vielfaches langsamer als in fp32.</translation>
    </message>
    <message>
        <source>fp32</source>
        <translation>fp32</translation>
    </message>
    <message>
        <source>bf16 autocast</source>
        <translation>bf16 autocast</translation>
    </message>
    <message>
        <source>fp16 with loss scaling</source>
        <translation>fp16 mit Loss-Skalierung</translation>
    </message>
    <message>
        <source>auto: bf16 where it is fast</source>
        <translation>auto: bf16, wo es schnell ist</translation>
    </message>
    <message>
        <source>TF32</source>
        <translation>TF32</translation>
    </message>
    <message>
        <source>Lets GPUs from Ampere on round the inputs of fp32 products to 10 bits: several times as fast, no longer the same to 1e-4.</source>
        <translation>Lässt GPUs ab Ampere die Eingaben von fp32-Produkten auf 10 Bits runden: um ein Mehrfaches schneller, nicht mehr auf 1e-4 gleich.</translation>
    </message>
    <message>
        <source>Deterministic</source>
        <translation>Deterministisch</translation>
    </message>
    <message>
        <source>Only algorithms that give the same bits each time, which may be slower. For GPUs; a CPU gives the same bits anyway.</source>
        <translation>Nur Algorithmen, die jedes Mal dieselben Bits liefern, was langsamer sein kann. Für GPUs; eine CPU liefert ohnehin dieselben Bits.</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>auto, cpu or cuda:0; several replicas with cpu:4 or cuda:0,1, which share the batch and give the same result. auto takes the first GPU, the CPU without one. Evaluations use the first device.</source>
        <translation>auto, cpu oder cuda:0; mehrere Repliken mit cpu:4 oder cuda:0,1, die sich den Batch teilen und dasselbe Ergebnis liefern. auto nimmt die erste GPU, ohne eine die CPU. Auswertungen nutzen das erste Gerät.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Of the initial weights, the order of the images and their views.</source>
        <translation>Der Anfangsgewichte, der Reihenfolge der Bilder und ihrer Ansichten.</translation>
    </message>
    <message>
        <source>CPU threads</source>
        <translation>CPU-Threads</translation>
    </message>
    <message>
        <source>Threads of the tensor library.</source>
        <translation>Threads der Tensorbibliothek.</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>Smallest crop</source>
        <translation>Kleinster Ausschnitt</translation>
    </message>
    <message>
        <source>Smallest area of a crop, as a share of the image; 0.08 for ViT, 0.2 for ResNet-50.</source>
        <translation>Kleinste Fläche eines Ausschnitts, als Anteil des Bildes; 0.08 für ViT, 0.2 für ResNet-50.</translation>
    </message>
    <message>
        <source>Largest crop</source>
        <translation>Größter Ausschnitt</translation>
    </message>
    <message>
        <source>Largest area of a crop, as a share of the image.</source>
        <translation>Größte Fläche eines Ausschnitts, als Anteil des Bildes.</translation>
    </message>
    <message>
        <source>Colour jitter</source>
        <translation>Farbänderung</translation>
    </message>
    <message>
        <source>Probability of changing brightness, contrast, saturation and hue, in random order.</source>
        <translation>Wahrscheinlichkeit, mit der Helligkeit, Kontrast, Sättigung und Farbton geändert werden, in zufälliger Reihenfolge.</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>Helligkeit</translation>
    </message>
    <message>
        <source>Largest relative change.</source>
        <translation>Größte relative Änderung.</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>Sättigung</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>Farbton</translation>
    </message>
    <message>
        <source>Largest shift, as a share of the colour circle.</source>
        <translation>Größte Verschiebung, als Anteil des Farbkreises.</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>Probability of a grey view.</source>
        <translation>Wahrscheinlichkeit einer grauen Ansicht.</translation>
    </message>
    <message>
        <source>Blur, view 1</source>
        <translation>Unschärfe, Ansicht 1</translation>
    </message>
    <message>
        <source>Probability of a Gaussian blur of the first view.</source>
        <translation>Wahrscheinlichkeit einer Gaußschen Unschärfe der ersten Ansicht.</translation>
    </message>
    <message>
        <source>Blur, view 2</source>
        <translation>Unschärfe, Ansicht 2</translation>
    </message>
    <message>
        <source>Probability of a Gaussian blur of the second view.</source>
        <translation>Wahrscheinlichkeit einer Gaußschen Unschärfe der zweiten Ansicht.</translation>
    </message>
    <message>
        <source>Blur from</source>
        <translation>Unschärfe von</translation>
    </message>
    <message>
        <source>Smallest radius in pixels.</source>
        <translation>Kleinster Radius in Pixeln.</translation>
    </message>
    <message>
        <source>Blur to</source>
        <translation>Unschärfe bis</translation>
    </message>
    <message>
        <source>Largest radius in pixels.</source>
        <translation>Größter Radius in Pixeln.</translation>
    </message>
    <message>
        <source>Solarize, view 1</source>
        <translation>Solarisieren, Ansicht 1</translation>
    </message>
    <message>
        <source>Probability of inverting the bright pixels of the first view.</source>
        <translation>Wahrscheinlichkeit, mit der die hellen Pixel der ersten Ansicht umgekehrt werden.</translation>
    </message>
    <message>
        <source>Solarize, view 2</source>
        <translation>Solarisieren, Ansicht 2</translation>
    </message>
    <message>
        <source>Probability of inverting the bright pixels of the second view.</source>
        <translation>Wahrscheinlichkeit, mit der die hellen Pixel der zweiten Ansicht umgekehrt werden.</translation>
    </message>
    <message>
        <source>Flip</source>
        <translation>Spiegeln</translation>
    </message>
    <message>
        <source>Probability of a horizontal mirror image.</source>
        <translation>Wahrscheinlichkeit eines waagerecht gespiegelten Bildes.</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>kNN every</source>
        <translation>kNN alle</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>How often accuracy is measured; fractions are possible. The untrained weights are measured first.</source>
        <translation>Wie oft die Genauigkeit gemessen wird; Bruchteile sind möglich. Zuerst werden die untrainierten Gewichte gemessen.</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>Nachbarn</translation>
    </message>
    <message>
        <source>Neighbours that vote.</source>
        <translation>Nachbarn, die abstimmen.</translation>
    </message>
    <message>
        <source>kNN temperature</source>
        <translation>kNN-Temperatur</translation>
    </message>
    <message>
        <source>A neighbour&apos;s vote weighs exp(cosine / τ).</source>
        <translation>Die Stimme eines Nachbarn wiegt exp(Kosinus / τ).</translation>
    </message>
    <message>
        <source>kNN bank</source>
        <translation>kNN-Bestand</translation>
    </message>
    <message>
        <source>Training images among which neighbours are sought, spread over the data.</source>
        <translation>Trainingsbilder, unter denen Nachbarn gesucht werden, über die Daten verteilt.</translation>
    </message>
    <message>
        <source>Evaluation batch</source>
        <translation>Auswertungs-Batch</translation>
    </message>
    <message>
        <source>Images of one forward pass; does not change results.</source>
        <translation>Bilder eines Vorwärtslaufs; ändert die Ergebnisse nicht.</translation>
    </message>
    <message>
        <source>Linear probing</source>
        <translation>Linear Probing</translation>
    </message>
    <message>
        <source>Passes over the labelled images.</source>
        <translation>Durchgänge durch die Bilder mit Labels.</translation>
    </message>
    <message>
        <source>Images of one step; also scales the learning rates. The last batch of an epoch may be smaller.</source>
        <translation>Bilder eines Schritts; skaliert auch die Lernraten. Der letzte Batch einer Epoche kann kleiner sein.</translation>
    </message>
    <message>
        <source>Learning rates</source>
        <translation>Lernraten</translation>
    </message>
    <message>
        <source>Per 256 images, separated by commas; one classifier is trained for each, on the same batches, and the best one counts. The study takes 3 for ViT, 0.1 for ResNet-50.</source>
        <translation>Je 256 Bilder, durch Kommas getrennt; für jede wird ein Klassifikator trainiert, auf denselben Batches, und der beste zählt. Die Studie nimmt 3 für ViT, 0.1 für ResNet-50.</translation>
    </message>
    <message>
        <source>Momentum of SGD.</source>
        <translation>Momentum von SGD.</translation>
    </message>
    <message>
        <source>Of the classifiers&apos; weights and biases.</source>
        <translation>Auf Gewichte und Biases der Klassifikatoren.</translation>
    </message>
    <message>
        <source>Crop and flip</source>
        <translation>Ausschnitt und Spiegelung</translation>
    </message>
    <message>
        <source>Draws a new crop of each image in each epoch, as the study does, and runs the backbone over it. Off: features of the plain images are computed once, which takes a small part of the time.</source>
        <translation>Zieht in jeder Epoche von jedem Bild einen neuen Ausschnitt, wie die Studie, und lässt das Backbone darüber laufen. Aus: Die Merkmale der unveränderten Bilder werden einmal berechnet, was einen kleinen Teil der Zeit braucht.</translation>
    </message>
    <message>
        <source>Fine-tuning</source>
        <translation>Fine-Tuning</translation>
    </message>
    <message>
        <source>Passes over the labelled images; 150 for ViT-B, 100 for transfer.</source>
        <translation>Durchgänge durch die Bilder mit Labels; 150 für ViT-B, 100 für einen Transfer.</translation>
    </message>
    <message>
        <source>per 512 images</source>
        <translation>je 512 Bilder</translation>
    </message>
    <message>
        <source>The applied rate is this times batch / 512, after warm-up; half a cosine brings it down to 0.00001.</source>
        <translation>Angewandt wird sie mal Batch / 512, nach dem Warm-up; ein halber Kosinus bringt sie auf 0.00001 hinunter.</translation>
    </message>
    <message>
        <source>Biases, norms, class token and positions are spared.</source>
        <translation>Biases, Normen, Klassen-Token und Positionen werden verschont.</translation>
    </message>
    <message>
        <source>Epochs over which the learning rate rises linearly.</source>
        <translation>Epochen, in denen die Lernrate linear steigt.</translation>
    </message>
    <message>
        <source>Layer decay</source>
        <translation>Schichtabfall</translation>
    </message>
    <message>
        <source>Each layer learns at this share of the rate of the one above it; 1: all alike, as DeiT does. 0.65 to 0.75 is usual after self-supervision.</source>
        <translation>Jede Schicht lernt mit diesem Anteil der Rate der darüber; 1: alle gleich, wie DeiT. Nach Selbstüberwachung sind 0.65 bis 0.75 üblich.</translation>
    </message>
    <message>
        <source>Mixup</source>
        <translation>Mixup</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>Blends pairs of images and of their labels; α of the Beta distribution of the shares.</source>
        <translation>Mischt Paare von Bildern und ihre Labels; α der Beta-Verteilung der Anteile.</translation>
    </message>
    <message>
        <source>CutMix</source>
        <translation>CutMix</translation>
    </message>
    <message>
        <source>Pastes a part of one image into another and shares the label by area; α likewise. With mixup as well, each batch takes one of the two.</source>
        <translation>Setzt einen Teil eines Bildes in ein anderes und teilt das Label nach der Fläche; α ebenso. Ist auch Mixup an, nimmt jeder Batch eines von beiden.</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>Label-Glättung</translation>
    </message>
    <message>
        <source>Share of the label that is spread over all classes.</source>
        <translation>Anteil des Labels, der über alle Klassen verteilt wird.</translation>
    </message>
    <message>
        <source>Drop path</source>
        <translation>Drop Path</translation>
    </message>
    <message>
        <source>Probability with which the last block of a ViT is left out for an image; falls linearly to 0 in the first block.</source>
        <translation>Wahrscheinlichkeit, mit der der letzte Block eines ViT für ein Bild ausgelassen wird; fällt bis zum ersten Block linear auf 0.</translation>
    </message>
    <message>
        <source>Smallest area of a crop, as a share of the image.</source>
        <translation>Kleinste Fläche eines Ausschnitts, als Anteil des Bildes.</translation>
    </message>
    <message>
        <source>Random erasing</source>
        <translation>Random Erasing</translation>
    </message>
    <message>
        <source>Probability of replacing a rectangle by noise.</source>
        <translation>Wahrscheinlichkeit, mit der ein Rechteck durch Rauschen ersetzt wird.</translation>
    </message>
    <message>
        <source>RandAugment operations</source>
        <translation>RandAugment-Operationen</translation>
    </message>
    <message>
        <source>no RandAugment</source>
        <translation>kein RandAugment</translation>
    </message>
    <message>
        <source>Operations drawn for each image, each of which is done every other time.</source>
        <translation>Operationen, die je Bild gezogen werden; jede wird jedes zweite Mal ausgeführt.</translation>
    </message>
    <message>
        <source>RandAugment magnitude</source>
        <translation>RandAugment-Stärke</translation>
    </message>
    <message>
        <source>Strength of the operations, of which each image draws its own around this.</source>
        <translation>Stärke der Operationen, um die herum jedes Bild seine eigene zieht.</translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation>Checkpoints</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>only then</source>
        <translation>nur dann</translation>
    </message>
    <message>
        <source>One is also written on pause, stop and at the end.</source>
        <translation>Einer wird auch beim Anhalten, beim Stoppen und am Ende geschrieben.</translation>
    </message>
    <message>
        <source>And every</source>
        <translation>Und alle</translation>
    </message>
    <message>
        <source>by time only</source>
        <translation>nur nach Zeit</translation>
    </message>
    <message>
        <source>In epochs; fractions are possible.</source>
        <translation>In Epochen; Bruchteile sind möglich.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>newest</source>
        <translation>neueste</translation>
    </message>
    <message>
        <source>Older checkpoints of the run are deleted, except for the one with the highest accuracy (kNN), without one the lowest loss.</source>
        <translation>Ältere Checkpoints des Laufs werden gelöscht, außer dem mit der höchsten Genauigkeit (kNN), ohne eine solche dem mit dem kleinsten Loss.</translation>
    </message>
    <message>
        <source>Gradient spikes</source>
        <translation>Gradientenspitzen</translation>
    </message>
    <message>
        <source>Spike above</source>
        <translation>Spitze ab</translation>
    </message>
    <message>
        <source>deviations</source>
        <translation>Abweichungen</translation>
    </message>
    <message>
        <source>not watched</source>
        <translation>nicht überwacht</translation>
    </message>
    <message>
        <source>A spike begins where the logarithm of a layer&apos;s gradient lies this many robust deviations (from the median absolute deviation) above its running median.</source>
        <translation>Eine Spitze beginnt, wo der Logarithmus des Gradienten einer Schicht so viele robuste Abweichungen (aus der mittleren absoluten Abweichung vom Median) über ihrem laufenden Median liegt.</translation>
    </message>
    <message>
        <source>Until below</source>
        <translation>Bis unter</translation>
    </message>
    <message>
        <source>A spike lasts until the deviation falls below this, so that one that wavers is not counted twice.</source>
        <translation>Eine Spitze dauert, bis die Abweichung darunter fällt, damit eine schwankende nicht zweimal gezählt wird.</translation>
    </message>
    <message>
        <source>And above</source>
        <translation>Und ab</translation>
    </message>
    <message>
        <source>× usual</source>
        <translation>× üblich</translation>
    </message>
    <message>
        <source>A spike also has to be this many times the layer&apos;s running median: what is unusual only because the layer is very quiet is none.</source>
        <translation>Eine Spitze muss auch so viele Male den laufenden Median der Schicht erreichen: Was nur ungewöhnlich ist, weil die Schicht sehr ruhig ist, ist keine.</translation>
    </message>
    <message>
        <source>Running median</source>
        <translation>Laufender Median</translation>
    </message>
    <message>
        <source>Steps before the present one that say what is usual.</source>
        <translation>Schritte vor dem jetzigen, die sagen, was üblich ist.</translation>
    </message>
    <message>
        <source>Judged after</source>
        <translation>Beurteilt nach</translation>
    </message>
    <message>
        <source>Incident ends after</source>
        <translation>Vorfall endet nach</translation>
    </message>
    <message>
        <source>Steps without a spike in any layer. What comes earlier belongs to the same incident.</source>
        <translation>Schritte ohne Spitze in irgendeiner Schicht. Was früher kommt, gehört zum selben Vorfall.</translation>
    </message>
    <message>
        <source>kNN dip</source>
        <translation>kNN-Einbruch</translation>
    </message>
    <message>
        <source>% points</source>
        <translation>%-Punkte</translation>
    </message>
    <message>
        <source>An incident has brought about a dip where one of the next three evaluations lies this far below the best one before it, and further than before the incident.</source>
        <translation>Ein Vorfall hat einen Einbruch bewirkt, wenn eine der nächsten drei Auswertungen so weit unter der besten davor liegt, und weiter als vor dem Vorfall.</translation>
    </message>
    <message>
        <source>On a spike</source>
        <translation>Bei einer Spitze</translation>
    </message>
    <message>
        <source>Marks it on the curves; saves a checkpoint right after the step in which it began as well; pauses with that checkpoint; or ends the run and goes on with a fork of it from the last checkpoint before. Where nobody watches (on the command line) pause does what checkpoint does, and so does a roll-back in sweeps and under launchers.</source>
        <translation>Markiert sie an den Kurven; speichert gleich nach dem Schritt, in dem sie begann, außerdem einen Checkpoint; hält mit diesem Checkpoint an; oder beendet den Lauf und macht mit einem Abzweig vom letzten Checkpoint davor weiter. Wo niemand zusieht (auf der Kommandozeile), tut Anhalten, was der Checkpoint tut, und ebenso das Zurückspringen in Sweeps und unter Startprogrammen.</translation>
    </message>
    <message>
        <source>mark it</source>
        <translation>markieren</translation>
    </message>
    <message>
        <source>save a checkpoint</source>
        <translation>einen Checkpoint speichern</translation>
    </message>
    <message>
        <source>pause</source>
        <translation>anhalten</translation>
    </message>
    <message>
        <source>roll back</source>
        <translation>zurückspringen</translation>
    </message>
    <message>
        <source>Rate after a roll-back</source>
        <translation>Rate nach Rücksprung</translation>
    </message>
    <message>
        <source>× before</source>
        <translation>× davor</translation>
    </message>
    <message>
        <source>The base learning rate of the fork that goes on after a roll-back, as a multiple of the one before.</source>
        <translation>Die Basis-Lernrate des Abzweigs, der nach einem Rücksprung weitermacht, als Vielfaches der vorigen.</translation>
    </message>
    <message>
        <source>Roll-backs at most</source>
        <translation>Rücksprünge höchstens</translation>
    </message>
    <message>
        <source>only marked</source>
        <translation>nur markiert</translation>
    </message>
    <message>
        <source>How often a run is rolled back; a fork that goes on has one less. Spikes after the last one are marked.</source>
        <translation>Wie oft ein Lauf zurückspringt; ein Abzweig, der weitermacht, hat einen weniger. Spitzen nach dem letzten werden markiert.</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Maschine</translation>
    </message>
    <message>
        <source>Load every</source>
        <translation>Auslastung alle</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>How often load, memory and free disk space of the machine, and load, memory, temperature and power of the run&apos;s GPUs are recorded beside its steps; a tenth of a second at least.</source>
        <translation>Wie oft Auslastung, Speicher und freier Plattenplatz der Maschine sowie Auslastung, Speicher, Temperatur und Leistung der GPUs des Laufs neben seinen Schritten aufgezeichnet werden; mindestens alle Zehntelsekunde.</translation>
    </message>
    <message>
        <source>Steps of a layer before it is judged, also those of a fork.</source>
        <translation>Schritte einer Schicht, bevor sie beurteilt wird, auch die eines Abzweigs.</translation>
    </message>
</context>
<context>
    <name>Plot</name>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>Training time</source>
        <translation>Trainingszeit</translation>
    </message>
</context>
<context>
    <name>PlotExport</name>
    <message>
        <source>%1 could not be written: %2. Choose another folder or make room on the disk.</source>
        <translation>%1 konnte nicht geschrieben werden: %2. Einen anderen Ordner wählen oder Platz auf dem Datenträger schaffen.</translation>
    </message>
    <message>
        <source>There is no plot to save.</source>
        <translation>Es gibt kein Diagramm zum Speichern.</translation>
    </message>
    <message>
        <source>“%1” is not a kind of image that can be written. Use .png, .svg or .pdf.</source>
        <translation>„%1“ ist keine Art von Bild, die geschrieben werden kann. Möglich sind .png, .svg und .pdf.</translation>
    </message>
</context>
<context>
    <name>PlotKey</name>
    <message>
        <source>Move to earlier steps</source>
        <translation>Zu früheren Schritten</translation>
    </message>
    <message>
        <source>Move to later steps</source>
        <translation>Zu späteren Schritten</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles zeigen</translation>
    </message>
</context>
<context>
    <name>Preset</name>
    <message>
        <source>Demo</source>
        <translation>Demo</translation>
    </message>
    <message>
        <source>Starting points</source>
        <translation>Ausgangspunkte</translation>
    </message>
    <message>
        <source>Built-in images and a small ViT: a first run that needs nothing and takes little more than a minute on two cores.</source>
        <translation>Eingebaute Bilder und ein kleines ViT: ein erster Lauf, der nichts braucht und auf zwei Kernen wenig mehr als eine Minute dauert.</translation>
    </message>
    <message>
        <source>CIFAR-10, small ViT</source>
        <translation>CIFAR-10, kleines ViT</translation>
    </message>
    <message>
        <source>A six-block ViT on 500 images of each CIFAR-10 class, for learning curves that can be watched on a laptop. Needs the images: set data.path to a CIFAR-10 folder or archive.</source>
        <translation>Ein ViT aus sechs Blöcken auf 500 Bildern je Klasse von CIFAR-10, für Lernkurven, denen man auf einem Laptop zusehen kann. Braucht die Bilder: data.path auf einen Ordner oder ein Archiv von CIFAR-10 setzen.</translation>
    </message>
    <message>
        <source>MoCo v3, ViT-S/16 on a laptop</source>
        <translation>MoCo v3, ViT-S/16 auf einem Laptop</translation>
    </message>
    <message>
        <source>ViT-S at 224 pixels in little memory: batch 256 in micro-batches of 16, images of your own. Meant to see the real model work, not to reach the study&apos;s figures: a CPU takes very long for many images, a GPU is advised. Set data.path to a folder of images.</source>
        <translation>ViT-S bei 224 Pixeln in wenig Speicher: Batch 256 in Micro-Batches von 16, eigene Bilder. Um das richtige Modell arbeiten zu sehen, nicht um die Zahlen der Studie zu erreichen: Für viele Bilder braucht eine CPU sehr lange, eine GPU ist ratsam. data.path auf einen Ordner mit Bildern setzen.</translation>
    </message>
    <message>
        <source>MoCo v3, ViT-S/16</source>
        <translation>MoCo v3, ViT-S/16</translation>
    </message>
    <message>
        <source>MoCo v3 at full size</source>
        <translation>MoCo v3 in voller Größe</translation>
    </message>
    <message>
        <source>The study&apos;s ViT-S on ImageNet: batch 1024 as its authors train it on one machine, 300 epochs, frozen patch projection. Needs ImageNet: set data.path to the folder that holds train and val. The batch does not fit at once: train.micro_batch runs it in parts, with the same loss and gradients.</source>
        <translation>Das ViT-S der Studie auf ImageNet: Batch 1024, wie ihre Autoren es auf einer Maschine trainieren, 300 Epochen, eingefrorene Patch-Projektion. Braucht ImageNet: data.path auf den Ordner setzen, in dem train und val liegen. Der Batch passt nicht auf einmal: train.micro_batch lässt ihn in Teilen laufen, mit demselben Loss und denselben Gradienten.</translation>
    </message>
    <message>
        <source>MoCo v3, ViT-B/16</source>
        <translation>MoCo v3, ViT-B/16</translation>
    </message>
    <message>
        <source>The study&apos;s ViT-B on ImageNet: batch 4096, 300 epochs, frozen patch projection. Needs ImageNet: set data.path to the folder that holds train and val. The batch does not fit at once: train.micro_batch runs it in parts, with the same loss and gradients.</source>
        <translation>Das ViT-B der Studie auf ImageNet: Batch 4096, 300 Epochen, eingefrorene Patch-Projektion. Braucht ImageNet: data.path auf den Ordner setzen, in dem train und val liegen. Der Batch passt nicht auf einmal: train.micro_batch lässt ihn in Teilen laufen, mit demselben Loss und denselben Gradienten.</translation>
    </message>
    <message>
        <source>MoCo v3, ViT-L/16</source>
        <translation>MoCo v3, ViT-L/16</translation>
    </message>
    <message>
        <source>The study&apos;s ViT-L on ImageNet: batch 4096, 300 epochs, frozen patch projection. Needs ImageNet: set data.path to the folder that holds train and val. The batch does not fit at once: train.micro_batch runs it in parts, with the same loss and gradients.</source>
        <translation>Das ViT-L der Studie auf ImageNet: Batch 4096, 300 Epochen, eingefrorene Patch-Projektion. Braucht ImageNet: data.path auf den Ordner setzen, in dem train und val liegen. Der Batch passt nicht auf einmal: train.micro_batch lässt ihn in Teilen laufen, mit demselben Loss und denselben Gradienten.</translation>
    </message>
    <message>
        <source>MoCo v3, ViT-H/14</source>
        <translation>MoCo v3, ViT-H/14</translation>
    </message>
    <message>
        <source>The study&apos;s ViT-H, with patches of 14, on ImageNet: batch 4096, 300 epochs, frozen patch projection. Needs ImageNet: set data.path to the folder that holds train and val. The batch does not fit at once: train.micro_batch runs it in parts, with the same loss and gradients.</source>
        <translation>Das ViT-H der Studie, mit Patches von 14, auf ImageNet: Batch 4096, 300 Epochen, eingefrorene Patch-Projektion. Braucht ImageNet: data.path auf den Ordner setzen, in dem train und val liegen. Der Batch passt nicht auf einmal: train.micro_batch lässt ihn in Teilen laufen, mit demselben Loss und denselben Gradienten.</translation>
    </message>
    <message>
        <source>MoCo v3, small ViT, laptop</source>
        <translation>MoCo v3, kleines ViT, Laptop</translation>
    </message>
    <message>
        <source>MoCo v3 with ViT</source>
        <translation>MoCo v3 mit ViT</translation>
    </message>
    <message>
        <source>Four blocks of width 96 in place of ViT-S. Small enough for a laptop: the built-in images, about two minutes on two cores. It shows how the parts work together; differences of the study need not appear at this size.</source>
        <translation>Vier Blöcke der Breite 96 statt ViT-S. Klein genug für einen Laptop: die eingebauten Bilder, etwa zwei Minuten auf zwei Kernen. Zeigt, wie die Teile zusammenwirken; Unterschiede der Studie müssen sich bei dieser Größe nicht zeigen.</translation>
    </message>
    <message>
        <source>MoCo v3, larger ViT, laptop</source>
        <translation>MoCo v3, größeres ViT, Laptop</translation>
    </message>
    <message>
        <source>Six blocks of width 192 in place of ViT-B. Small enough for a laptop: the built-in images, a few minutes on two cores. It shows how the parts work together; differences of the study need not appear at this size.</source>
        <translation>Sechs Blöcke der Breite 192 statt ViT-B. Klein genug für einen Laptop: die eingebauten Bilder, ein paar Minuten auf zwei Kernen. Zeigt, wie die Teile zusammenwirken; Unterschiede der Studie müssen sich bei dieser Größe nicht zeigen.</translation>
    </message>
    <message>
        <source>100 epochs, ResNet-50</source>
        <translation>100 Epochen, ResNet-50</translation>
    </message>
    <message>
        <source>MoCo v3 with ResNet-50</source>
        <translation>MoCo v3 mit ResNet-50</translation>
    </message>
    <message>
        <source>Batch normalisation in the backbone needs the whole batch at once. Needs ImageNet, and GPUs for days: set data.path to the folder that holds train and val.</source>
        <translation>Batch-Normalisierung im Backbone braucht den ganzen Batch auf einmal. Braucht ImageNet, und GPUs für Tage: data.path auf den Ordner setzen, in dem train und val liegen.</translation>
    </message>
    <message>
        <source>300 epochs, ResNet-50</source>
        <translation>300 Epochen, ResNet-50</translation>
    </message>
    <message>
        <source>1000 epochs, ResNet-50</source>
        <translation>1000 Epochen, ResNet-50</translation>
    </message>
    <message>
        <source>100 epochs, laptop</source>
        <translation>100 Epochen, Laptop</translation>
    </message>
    <message>
        <source>A ResNet-18 on the built-in images, a twentieth of the epochs. It shows how the parts work together; differences of the study need not appear at this size.</source>
        <translation>Ein ResNet-18 auf den eingebauten Bildern, ein Zwanzigstel der Epochen. Zeigt, wie die Teile zusammenwirken; Unterschiede der Studie müssen sich bei dieser Größe nicht zeigen.</translation>
    </message>
    <message>
        <source>300 epochs, laptop</source>
        <translation>300 Epochen, Laptop</translation>
    </message>
    <message>
        <source>1000 epochs, laptop</source>
        <translation>1000 Epochen, Laptop</translation>
    </message>
    <message>
        <source>Batch 1024, ViT-B/16, 100 epochs</source>
        <translation>Batch 1024, ViT-B/16, 100 Epochen</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Batchgröße</translation>
    </message>
    <message>
        <source>Learned patch projection; lr 1e-4, the rate at which the study&apos;s rows of batch sizes and of learning rates meet (72.2 at 4096). Needs ImageNet, and GPUs for days: set data.path to the folder that holds train and val.</source>
        <translation>Gelernte Patch-Projektion; lr 1e-4, die Rate, bei der sich die Reihen der Studie zu Batchgrößen und zu Lernraten treffen (72.2 bei 4096). Braucht ImageNet, und GPUs für Tage: data.path auf den Ordner setzen, in dem train und val liegen.</translation>
    </message>
    <message>
        <source>Batch 2048, ViT-B/16, 100 epochs</source>
        <translation>Batch 2048, ViT-B/16, 100 Epochen</translation>
    </message>
    <message>
        <source>Batch 4096, ViT-B/16, 100 epochs</source>
        <translation>Batch 4096, ViT-B/16, 100 Epochen</translation>
    </message>
    <message>
        <source>Batch 6144, ViT-B/16, 100 epochs</source>
        <translation>Batch 6144, ViT-B/16, 100 Epochen</translation>
    </message>
    <message>
        <source>Batch 1024, laptop</source>
        <translation>Batch 1024, Laptop</translation>
    </message>
    <message>
        <source>Small enough for a laptop: the built-in images, about two minutes on two cores. It shows how the parts work together; differences of the study need not appear at this size.</source>
        <translation>Klein genug für einen Laptop: die eingebauten Bilder, etwa zwei Minuten auf zwei Kernen. Zeigt, wie die Teile zusammenwirken; Unterschiede der Studie müssen sich bei dieser Größe nicht zeigen.</translation>
    </message>
    <message>
        <source>Batch 2048, laptop</source>
        <translation>Batch 2048, Laptop</translation>
    </message>
    <message>
        <source>Batch 4096, laptop</source>
        <translation>Batch 4096, Laptop</translation>
    </message>
    <message>
        <source>Batch 6144, laptop</source>
        <translation>Batch 6144, Laptop</translation>
    </message>
    <message>
        <source>lr 0.5e-4, ViT-B/16, 100 epochs</source>
        <translation>lr 0.5e-4, ViT-B/16, 100 Epochen</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Learned patch projection. Needs ImageNet, and GPUs for days: set data.path to the folder that holds train and val.</source>
        <translation>Gelernte Patch-Projektion. Braucht ImageNet, und GPUs für Tage: data.path auf den Ordner setzen, in dem train und val liegen.</translation>
    </message>
    <message>
        <source>lr 1.0e-4, ViT-B/16, 100 epochs</source>
        <translation>lr 1.0e-4, ViT-B/16, 100 Epochen</translation>
    </message>
    <message>
        <source>lr 1.5e-4, ViT-B/16, 100 epochs</source>
        <translation>lr 1.5e-4, ViT-B/16, 100 Epochen</translation>
    </message>
    <message>
        <source>lr 0.5e-4, laptop</source>
        <translation>lr 0.5e-4, Laptop</translation>
    </message>
    <message>
        <source>lr 1.0e-4, laptop</source>
        <translation>lr 1.0e-4, Laptop</translation>
    </message>
    <message>
        <source>lr 1.5e-4, laptop</source>
        <translation>lr 1.5e-4, Laptop</translation>
    </message>
    <message>
        <source>MoCo v3, learned patch projection, ViT-B/16, 100 epochs</source>
        <translation>MoCo v3, gelernte Patch-Projektion, ViT-B/16, 100 Epochen</translation>
    </message>
    <message>
        <source>Learned or frozen patch projection</source>
        <translation>Patch-Projektion, gelernt oder eingefroren</translation>
    </message>
    <message>
        <source>Needs ImageNet, and GPUs for days: set data.path to the folder that holds train and val.</source>
        <translation>Braucht ImageNet, und GPUs für Tage: data.path auf den Ordner setzen, in dem train und val liegen.</translation>
    </message>
    <message>
        <source>MoCo v3, frozen patch projection, ViT-B/16, 100 epochs</source>
        <translation>MoCo v3, eingefrorene Patch-Projektion, ViT-B/16, 100 Epochen</translation>
    </message>
    <message>
        <source>SimCLR, learned patch projection, ViT-B/16, 100 epochs</source>
        <translation>SimCLR, gelernte Patch-Projektion, ViT-B/16, 100 Epochen</translation>
    </message>
    <message>
        <source>SimCLR, frozen patch projection, ViT-B/16, 100 epochs</source>
        <translation>SimCLR, eingefrorene Patch-Projektion, ViT-B/16, 100 Epochen</translation>
    </message>
    <message>
        <source>BYOL, learned patch projection, ViT-B/16, 100 epochs</source>
        <translation>BYOL, gelernte Patch-Projektion, ViT-B/16, 100 Epochen</translation>
    </message>
    <message>
        <source>BYOL, frozen patch projection, ViT-B/16, 100 epochs</source>
        <translation>BYOL, eingefrorene Patch-Projektion, ViT-B/16, 100 Epochen</translation>
    </message>
    <message>
        <source>MoCo v3, learned patch projection, laptop</source>
        <translation>MoCo v3, gelernte Patch-Projektion, Laptop</translation>
    </message>
    <message>
        <source>MoCo v3, frozen patch projection, laptop</source>
        <translation>MoCo v3, eingefrorene Patch-Projektion, Laptop</translation>
    </message>
    <message>
        <source>SimCLR, learned patch projection, laptop</source>
        <translation>SimCLR, gelernte Patch-Projektion, Laptop</translation>
    </message>
    <message>
        <source>SimCLR, frozen patch projection, laptop</source>
        <translation>SimCLR, eingefrorene Patch-Projektion, Laptop</translation>
    </message>
    <message>
        <source>BYOL, learned patch projection, laptop</source>
        <translation>BYOL, gelernte Patch-Projektion, Laptop</translation>
    </message>
    <message>
        <source>BYOL, frozen patch projection, laptop</source>
        <translation>BYOL, eingefrorene Patch-Projektion, Laptop</translation>
    </message>
    <message>
        <source>MoCo v3, ViT-S/16, 300 epochs</source>
        <translation>MoCo v3, ViT-S/16, 300 Epochen</translation>
    </message>
    <message>
        <source>Frameworks, ViT-S/16</source>
        <translation>Frameworks, ViT-S/16</translation>
    </message>
    <message>
        <source>SimCLR, ViT-S/16, 300 epochs</source>
        <translation>SimCLR, ViT-S/16, 300 Epochen</translation>
    </message>
    <message>
        <source>BYOL, ViT-S/16, 300 epochs</source>
        <translation>BYOL, ViT-S/16, 300 Epochen</translation>
    </message>
    <message>
        <source>SwAV, ViT-S/16, 300 epochs</source>
        <translation>SwAV, ViT-S/16, 300 Epochen</translation>
    </message>
    <message>
        <source>MoCo v3, laptop</source>
        <translation>MoCo v3, Laptop</translation>
    </message>
    <message>
        <source>SimCLR, laptop</source>
        <translation>SimCLR, Laptop</translation>
    </message>
    <message>
        <source>BYOL, laptop</source>
        <translation>BYOL, Laptop</translation>
    </message>
    <message>
        <source>SwAV, laptop</source>
        <translation>SwAV, Laptop</translation>
    </message>
    <message>
        <source>MoCo v3, ViT-B/16, 300 epochs</source>
        <translation>MoCo v3, ViT-B/16, 300 Epochen</translation>
    </message>
    <message>
        <source>Frameworks, ViT-B/16</source>
        <translation>Frameworks, ViT-B/16</translation>
    </message>
    <message>
        <source>SimCLR, ViT-B/16, 300 epochs</source>
        <translation>SimCLR, ViT-B/16, 300 Epochen</translation>
    </message>
    <message>
        <source>BYOL, ViT-B/16, 300 epochs</source>
        <translation>BYOL, ViT-B/16, 300 Epochen</translation>
    </message>
    <message>
        <source>SwAV, ViT-B/16, 300 epochs</source>
        <translation>SwAV, ViT-B/16, 300 Epochen</translation>
    </message>
    <message>
        <source>Small enough for a laptop: the built-in images, a few minutes on two cores. It shows how the parts work together; differences of the study need not appear at this size.</source>
        <translation>Klein genug für einen Laptop: die eingebauten Bilder, ein paar Minuten auf zwei Kernen. Zeigt, wie die Teile zusammenwirken; Unterschiede der Studie müssen sich bei dieser Größe nicht zeigen.</translation>
    </message>
    <message>
        <source>Sine and cosine positions, ViT-B/16, 300 epochs</source>
        <translation>Sinus-Kosinus-Positionen, ViT-B/16, 300 Epochen</translation>
    </message>
    <message>
        <source>Position embedding</source>
        <translation>Positionseinbettung</translation>
    </message>
    <message>
        <source>Learned positions, ViT-B/16, 300 epochs</source>
        <translation>Gelernte Positionen, ViT-B/16, 300 Epochen</translation>
    </message>
    <message>
        <source>No positions, ViT-B/16, 300 epochs</source>
        <translation>Keine Positionen, ViT-B/16, 300 Epochen</translation>
    </message>
    <message>
        <source>Sine and cosine positions, laptop</source>
        <translation>Sinus-Kosinus-Positionen, Laptop</translation>
    </message>
    <message>
        <source>Learned positions, laptop</source>
        <translation>Gelernte Positionen, Laptop</translation>
    </message>
    <message>
        <source>No positions, laptop</source>
        <translation>Keine Positionen, Laptop</translation>
    </message>
    <message>
        <source>Class token, ViT-B/16, 300 epochs</source>
        <translation>Klassen-Token, ViT-B/16, 300 Epochen</translation>
    </message>
    <message>
        <source>Class token and pooling</source>
        <translation>Klassen-Token und Pooling</translation>
    </message>
    <message>
        <source>No class token, final norm then mean, ViT-B/16, 300 epochs</source>
        <translation>Ohne Klassen-Token, letzte Norm, dann Mittel, ViT-B/16, 300 Epochen</translation>
    </message>
    <message>
        <source>No class token, mean without final norm, ViT-B/16, 300 epochs</source>
        <translation>Ohne Klassen-Token, Mittel ohne letzte Norm, ViT-B/16, 300 Epochen</translation>
    </message>
    <message>
        <source>Class token, laptop</source>
        <translation>Klassen-Token, Laptop</translation>
    </message>
    <message>
        <source>No class token, final norm then mean, laptop</source>
        <translation>Ohne Klassen-Token, letzte Norm, dann Mittel, Laptop</translation>
    </message>
    <message>
        <source>No class token, mean without final norm, laptop</source>
        <translation>Ohne Klassen-Token, Mittel ohne letzte Norm, Laptop</translation>
    </message>
    <message>
        <source>BN in the heads, ViT-B/16, 300 epochs</source>
        <translation>BN in den Köpfen, ViT-B/16, 300 Epochen</translation>
    </message>
    <message>
        <source>Batch normalisation in the heads</source>
        <translation>Batch-Normalisierung in den Köpfen</translation>
    </message>
    <message>
        <source>No BN in the heads, ViT-B/16, 300 epochs</source>
        <translation>Keine BN in den Köpfen, ViT-B/16, 300 Epochen</translation>
    </message>
    <message>
        <source>BN in the heads, laptop</source>
        <translation>BN in den Köpfen, Laptop</translation>
    </message>
    <message>
        <source>No BN in the heads, laptop</source>
        <translation>Keine BN in den Köpfen, Laptop</translation>
    </message>
    <message>
        <source>Prediction head, ViT-B/16, 300 epochs</source>
        <translation>Prädiktionskopf, ViT-B/16, 300 Epochen</translation>
    </message>
    <message>
        <source>Prediction head</source>
        <translation>Prädiktionskopf</translation>
    </message>
    <message>
        <source>No prediction head, ViT-B/16, 300 epochs</source>
        <translation>Ohne Prädiktionskopf, ViT-B/16, 300 Epochen</translation>
    </message>
    <message>
        <source>Prediction head, laptop</source>
        <translation>Prädiktionskopf, Laptop</translation>
    </message>
    <message>
        <source>No prediction head, laptop</source>
        <translation>Ohne Prädiktionskopf, Laptop</translation>
    </message>
    <message>
        <source>Momentum 0, ViT-B/16, 300 epochs</source>
        <translation>Momentum 0, ViT-B/16, 300 Epochen</translation>
    </message>
    <message>
        <source>Momentum of the encoder</source>
        <translation>Momentum des Encoders</translation>
    </message>
    <message>
        <source>Momentum 0.9, ViT-B/16, 300 epochs</source>
        <translation>Momentum 0.9, ViT-B/16, 300 Epochen</translation>
    </message>
    <message>
        <source>Momentum 0.99, ViT-B/16, 300 epochs</source>
        <translation>Momentum 0.99, ViT-B/16, 300 Epochen</translation>
    </message>
    <message>
        <source>Momentum 0.999, ViT-B/16, 300 epochs</source>
        <translation>Momentum 0.999, ViT-B/16, 300 Epochen</translation>
    </message>
    <message>
        <source>Momentum 0, laptop</source>
        <translation>Momentum 0, Laptop</translation>
    </message>
    <message>
        <source>Momentum 0.9, laptop</source>
        <translation>Momentum 0.9, Laptop</translation>
    </message>
    <message>
        <source>Momentum 0.99, laptop</source>
        <translation>Momentum 0.99, Laptop</translation>
    </message>
    <message>
        <source>Momentum 0.999, laptop</source>
        <translation>Momentum 0.999, Laptop</translation>
    </message>
    <message>
        <source>ViT-B/16, 100 epochs</source>
        <translation>ViT-B/16, 100 Epochen</translation>
    </message>
    <message>
        <source>Training time</source>
        <translation>Trainingszeit</translation>
    </message>
    <message>
        <source>2.1 hours on 512 TPUs in the study. Needs ImageNet, and GPUs for days: set data.path to the folder that holds train and val.</source>
        <translation>In der Studie 2.1 Stunden auf 512 TPUs. Braucht ImageNet, und GPUs für Tage: data.path auf den Ordner setzen, in dem train und val liegen.</translation>
    </message>
    <message>
        <source>ViT-H/14, 100 epochs</source>
        <translation>ViT-H/14, 100 Epochen</translation>
    </message>
    <message>
        <source>9.8 hours on 512 TPUs in the study. Needs ImageNet, and GPUs for days: set data.path to the folder that holds train and val.</source>
        <translation>In der Studie 9.8 Stunden auf 512 TPUs. Braucht ImageNet, und GPUs für Tage: data.path auf den Ordner setzen, in dem train und val liegen.</translation>
    </message>
    <message>
        <source>Small ViT for 3 epochs, laptop</source>
        <translation>Kleines ViT, 3 Epochen, Laptop</translation>
    </message>
    <message>
        <source>Small enough for a laptop: the built-in images, less than a minute on two cores. It shows how the parts work together; differences of the study need not appear at this size.</source>
        <translation>Klein genug für einen Laptop: die eingebauten Bilder, weniger als eine Minute auf zwei Kernen. Zeigt, wie die Teile zusammenwirken; Unterschiede der Studie müssen sich bei dieser Größe nicht zeigen.</translation>
    </message>
    <message>
        <source>Larger ViT for 3 epochs, laptop</source>
        <translation>Größeres ViT, 3 Epochen, Laptop</translation>
    </message>
    <message>
        <source>Small enough for a laptop: the built-in images, about a minute on two cores. It shows how the parts work together; differences of the study need not appear at this size.</source>
        <translation>Klein genug für einen Laptop: die eingebauten Bilder, etwa eine Minute auf zwei Kernen. Zeigt, wie die Teile zusammenwirken; Unterschiede der Studie müssen sich bei dieser Größe nicht zeigen.</translation>
    </message>
    <message>
        <source>CIFAR-10, ViT-B/16, fine-tuned for 100 epochs</source>
        <translation>CIFAR-10, ViT-B/16, Fine-Tuning über 100 Epochen</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>Transfer</translation>
    </message>
    <message>
        <source>DeiT&apos;s recipe with batches of 128. Needs GPUs: set data.path to the images, with a training and a test part, and model.initial_weights to a checkpoint of ViT-B that was trained on ImageNet, your own or the authors&apos;.</source>
        <translation>Das Rezept von DeiT mit Batches von 128. Braucht GPUs: data.path auf die Bilder setzen, mit einem Trainings- und einem Testteil, und model.initial_weights auf einen Checkpoint von ViT-B, das auf ImageNet trainiert wurde, den eigenen oder den der Autoren.</translation>
    </message>
    <message>
        <source>CIFAR-100, ViT-B/16, fine-tuned for 100 epochs</source>
        <translation>CIFAR-100, ViT-B/16, Fine-Tuning über 100 Epochen</translation>
    </message>
    <message>
        <source>Flowers, ViT-B/16, fine-tuned for 100 epochs</source>
        <translation>Flowers, ViT-B/16, Fine-Tuning über 100 Epochen</translation>
    </message>
    <message>
        <source>Pets, ViT-B/16, fine-tuned for 100 epochs</source>
        <translation>Pets, ViT-B/16, Fine-Tuning über 100 Epochen</translation>
    </message>
    <message>
        <source>CIFAR-10, laptop</source>
        <translation>CIFAR-10, Laptop</translation>
    </message>
    <message>
        <source>A part of the images, at 32 pixels; a few minutes on two cores. Set data.path to the images and model.initial_weights to a checkpoint of a run of laptop-vit-small. It shows how the parts work together, at a small part of the accuracy.</source>
        <translation>Ein Teil der Bilder, bei 32 Pixeln; ein paar Minuten auf zwei Kernen. data.path auf die Bilder setzen und model.initial_weights auf einen Checkpoint eines Laufs von laptop-vit-small. Zeigt, wie die Teile zusammenwirken, bei einem kleinen Teil der Genauigkeit.</translation>
    </message>
    <message>
        <source>CIFAR-100, laptop</source>
        <translation>CIFAR-100, Laptop</translation>
    </message>
    <message>
        <source>Flowers, laptop</source>
        <translation>Flowers, Laptop</translation>
    </message>
    <message>
        <source>Pets, laptop</source>
        <translation>Pets, Laptop</translation>
    </message>
    <message>
        <source>Patch projection learned, calm</source>
        <translation>Patch-Projektion gelernt, ruhig</translation>
    </message>
    <message>
        <source>Instability lab</source>
        <translation>Instabilitätslabor</translation>
    </message>
    <message>
        <source>A narrow ViT of six blocks on the built-in images, at a learning rate that it bears. What the others are compared with. About a minute on two cores. docs/instability.md says what was seen.</source>
        <translation>Ein schmales ViT aus sechs Blöcken auf den eingebauten Bildern, bei einer Lernrate, die es verträgt. Womit die anderen verglichen werden. Etwa eine Minute auf zwei Kernen. docs/instability.md sagt, was zu sehen war.</translation>
    </message>
    <message>
        <source>Patch projection frozen, calm</source>
        <translation>Patch-Projektion eingefroren, ruhig</translation>
    </message>
    <message>
        <source>About a minute on two cores. docs/instability.md says what was seen.</source>
        <translation>Etwa eine Minute auf zwei Kernen. docs/instability.md sagt, was zu sehen war.</translation>
    </message>
    <message>
        <source>Patch projection learned, 15 × the learning rate</source>
        <translation>Patch-Projektion gelernt, 15-fache Lernrate</translation>
    </message>
    <message>
        <source>Patch projection frozen, 15 × the learning rate</source>
        <translation>Patch-Projektion eingefroren, 15-fache Lernrate</translation>
    </message>
    <message>
        <source>Patch projection learned, 50 × the learning rate</source>
        <translation>Patch-Projektion gelernt, 50-fache Lernrate</translation>
    </message>
    <message>
        <source>Patch projection frozen, 50 × the learning rate</source>
        <translation>Patch-Projektion eingefroren, 50-fache Lernrate</translation>
    </message>
    <message>
        <source>Patch projection learned, large batches</source>
        <translation>Patch-Projektion gelernt, große Batches</translation>
    </message>
    <message>
        <source>Batches of 512 at 15 times the learning rate, which grows with the batch. Eight times the work of the other presets of the lab: for a GPU, or for a break. docs/instability.md says what was seen.</source>
        <translation>Batches von 512 bei der 15-fachen Lernrate, die mit dem Batch wächst. Die achtfache Arbeit der anderen Vorlagen des Labors: für eine GPU, oder für eine Pause. docs/instability.md sagt, was zu sehen war.</translation>
    </message>
    <message>
        <source>Patch projection frozen, large batches</source>
        <translation>Patch-Projektion eingefroren, große Batches</translation>
    </message>
    <message>
        <source>A smaller and a larger ViT.</source>
        <translation>Ein kleineres und ein größeres ViT.</translation>
    </message>
    <message>
        <source>A ResNet-18, trained for 5, 15 and 50 epochs with the study&apos;s LARS recipe.</source>
        <translation>Ein ResNet-18, über 5, 15 und 50 Epochen mit dem LARS-Rezept der Studie trainiert.</translation>
    </message>
    <message>
        <source>Batches of 32, 64, 128 and 192: the study&apos;s proportions. The applied learning rate grows with the batch.</source>
        <translation>Batches von 32, 64, 128 und 192: die Verhältnisse der Studie. Die angewandte Lernrate wächst mit dem Batch.</translation>
    </message>
    <message>
        <source>Learning rates in the study&apos;s proportions, with a learned patch projection.</source>
        <translation>Lernraten in den Verhältnissen der Studie, mit gelernter Patch-Projektion.</translation>
    </message>
    <message>
        <source>The patch projection learned and frozen, in three frameworks.</source>
        <translation>Die Patch-Projektion gelernt und eingefroren, in drei Frameworks.</translation>
    </message>
    <message>
        <source>MoCo v3, SimCLR, BYOL and SwAV with the same small ViT and heads.</source>
        <translation>MoCo v3, SimCLR, BYOL und SwAV mit demselben kleinen ViT und denselben Köpfen.</translation>
    </message>
    <message>
        <source>MoCo v3, SimCLR, BYOL and SwAV with the same larger ViT and heads.</source>
        <translation>MoCo v3, SimCLR, BYOL und SwAV mit demselben größeren ViT und denselben Köpfen.</translation>
    </message>
    <message>
        <source>Sine and cosine, learned, and no position embedding.</source>
        <translation>Sinus und Kosinus, gelernte und keine Positionseinbettung.</translation>
    </message>
    <message>
        <source>The class token, and two ways of pooling without it.</source>
        <translation>Das Klassen-Token, und zwei Arten des Poolings ohne es.</translation>
    </message>
    <message>
        <source>Heads with and without batch normalisation.</source>
        <translation>Köpfe mit und ohne Batch-Normalisierung.</translation>
    </message>
    <message>
        <source>MoCo v3 with and without the prediction head.</source>
        <translation>MoCo v3 mit und ohne Prädiktionskopf.</translation>
    </message>
    <message>
        <source>Momentum 0, 0.9, 0.99 and 0.999, each raised to 1 by a cosine.</source>
        <translation>Momentum 0, 0.9, 0.99 und 0.999, jedes von einem Kosinus auf 1 gehoben.</translation>
    </message>
    <message>
        <source>How long three epochs of a smaller and a larger ViT take here.</source>
        <translation>Wie lange drei Epochen eines kleineren und eines größeren ViT hier dauern.</translation>
    </message>
    <message>
        <source>Learning rates up to far too high, the patch projection learned and frozen: where do spikes begin, and what do they cost?</source>
        <translation>Lernraten bis weit zu hoch, die Patch-Projektion gelernt und eingefroren: Wo beginnen Spitzen, und was kosten sie?</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
</context>
<context>
    <name>QMessageBox</name>
    <message>
        <source>About Mocoscope</source>
        <translation>Über Mocoscope</translation>
    </message>
    <message>
        <source>&lt;b&gt;Mocoscope %1&lt;/b&gt;</source>
        <translation>&lt;b&gt;Mocoscope %1&lt;/b&gt;</translation>
    </message>
    <message>
        <source>A workbench for self-supervised training of Vision Transformers with MoCo v3.&lt;br&gt;&lt;br&gt;Free software under the GNU General Public License, version 3 or later. Uses Qt, LibTorch, OpenCV, QCustomPlot and SQLite.</source>
        <translation>Ein Arbeitsplatz für selbstüberwachtes Training von Vision Transformern mit MoCo v3.&lt;br&gt;&lt;br&gt;Freie Software unter der GNU General Public License, Version 3 oder später. Nutzt Qt, LibTorch, OpenCV, QCustomPlot und SQLite.</translation>
    </message>
</context>
<context>
    <name>RunSearch</name>
    <message>
        <source>%1 — %2&lt;u&gt;&lt;b&gt;%3&lt;/b&gt;&lt;/u&gt;%4</source>
        <translation>%1 — %2&lt;u&gt;&lt;b&gt;%3&lt;/b&gt;&lt;/u&gt;%4</translation>
    </message>
</context>
<context>
    <name>State</name>
    <message>
        <source>Created</source>
        <translation>Angelegt</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Unterbrochen</translation>
    </message>
    <message>
        <source>○ starting</source>
        <translation>○ startet</translation>
    </message>
    <message>
        <source>● running</source>
        <translation>● läuft</translation>
    </message>
    <message>
        <source>❙❙ paused</source>
        <translation>❙❙ angehalten</translation>
    </message>
    <message>
        <source>✓ finished</source>
        <translation>✓ beendet</translation>
    </message>
    <message>
        <source>■ stopped</source>
        <translation>■ gestoppt</translation>
    </message>
    <message>
        <source>✕ failed</source>
        <translation>✕ fehlgeschlagen</translation>
    </message>
    <message>
        <source>⚡ interrupted</source>
        <translation>⚡ unterbrochen</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>SystemPlots</name>
    <message>
        <source>Load</source>
        <translation>Auslastung</translation>
    </message>
    <message>
        <source>Memory in use</source>
        <translation>Belegter Speicher</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>Free disk space</source>
        <translation>Freier Plattenplatz</translation>
    </message>
    <message>
        <source>CPU load</source>
        <translation>CPU-Auslastung</translation>
    </message>
    <message>
        <source>CPU, all programs</source>
        <translation>CPU, alle Programme</translation>
    </message>
    <message>
        <source>CPU load by the run</source>
        <translation>CPU-Auslastung durch den Lauf</translation>
    </message>
    <message>
        <source>CPU, this run</source>
        <translation>CPU, dieser Lauf</translation>
    </message>
    <message>
        <source>Memory of the run</source>
        <translation>Speicher des Laufs</translation>
    </message>
    <message>
        <source>This run</source>
        <translation>Dieser Lauf</translation>
    </message>
    <message>
        <source>All programs</source>
        <translation>Alle Programme</translation>
    </message>
    <message>
        <source>Disk of the run history</source>
        <translation>Datenträger der Historie</translation>
    </message>
    <message>
        <source>GPU %1 load</source>
        <translation>Auslastung GPU %1</translation>
    </message>
    <message>
        <source>GPU %1 memory</source>
        <translation>Speicher GPU %1</translation>
    </message>
    <message>
        <source>GPU %1 temperature</source>
        <translation>Temperatur GPU %1</translation>
    </message>
    <message>
        <source>GPU %1 power</source>
        <translation>Leistung GPU %1</translation>
    </message>
    <message>
        <source>GPU %1</source>
        <translation>GPU %1</translation>
    </message>
    <message>
        <source>Nothing of the machine is recorded yet. monitor.system_seconds says how often it is.</source>
        <translation>Von der Maschine ist noch nichts aufgezeichnet. Wie oft das geschieht, sagt monitor.system_seconds.</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::AblationModel</name>
    <message>
        <source>Baseline</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>One option changed</source>
        <translation>Eine Option geändert</translation>
    </message>
    <message>
        <source>Several options changed</source>
        <translation>Mehrere Optionen geändert</translation>
    </message>
    <message>
        <source>The baseline again, with a seed that it has</source>
        <translation>Noch einmal die Referenz, mit einem schon vorhandenen Seed</translation>
    </message>
    <message>
        <source>Left out: not finished, or options not known</source>
        <translation>Ausgelassen: nicht beendet oder Optionen unbekannt</translation>
    </message>
    <message>
        <source>Option</source>
        <translation>Option</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Instead of</source>
        <translation>Statt</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>%1 (%2 seeds)</source>
        <translation>%1 (%2 Seeds)</translation>
    </message>
    <message>
        <source>Mean ± standard deviation of the differences between runs of the same seed</source>
        <translation>Mittelwert ± Standardabweichung der Differenzen zwischen Läufen mit gleichem Seed</translation>
    </message>
    <message>
        <source>Difference of the means ± root of the sum of both variances: the seeds are not the same</source>
        <translation>Differenz der Mittelwerte ± Wurzel aus der Summe beider Varianzen: Die Seeds sind nicht dieselben</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::AblationView</name>
    <message>
        <source>Choose finished runs that differ in an option: each becomes a line that says what changing it did. Runs that differ in nothing but the seed share one.</source>
        <translation>Beendete Läufe wählen, die sich in einer Option unterscheiden: Jeder wird zu einer Zeile, die sagt, was ihre Änderung bewirkt hat. Läufe, die sich nur im Seed unterscheiden, teilen sich eine.</translation>
    </message>
    <message>
        <source>± is the standard deviation over seeds. ✓ and ✗: better and worse by more than that of the difference; one seed says neither.</source>
        <translation>± ist die Standardabweichung über Seeds. ✓ und ✗: um mehr als die der Differenz besser oder schlechter; ein Seed sagt keines von beiden.</translation>
    </message>
    <message>
        <source>What changing one option did</source>
        <translation>Was die Änderung einer Option bewirkt hat</translation>
    </message>
    <message>
        <source>&amp;Figure</source>
        <translation>&amp;Kennzahl</translation>
    </message>
    <message>
        <source>&amp;Against</source>
        <translation>&amp;Gegen</translation>
    </message>
    <message>
        <source>What came of the runs, by which the settings are compared</source>
        <translation>Das Ergebnis der Läufe, nach dem die Einstellungen verglichen werden</translation>
    </message>
    <message>
        <source>The setting of which one option at a time was changed</source>
        <translation>Die Einstellung, von der jeweils eine Option geändert wurde</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Kennzahl</translation>
    </message>
    <message>
        <source>Baseline of the ablation</source>
        <translation>Referenz der Ablation</translation>
    </message>
    <message>
        <source>Automatic (most neighbours)</source>
        <translation>Automatisch (die meisten Nachbarn)</translation>
    </message>
    <message>
        <source>Use as baseline</source>
        <translation>Als Referenz nehmen</translation>
    </message>
    <message>
        <source>Compare only these with the baseline</source>
        <translation>Nur diese mit der Referenz vergleichen</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::AttentionGrid</name>
    <message>
        <source>Attention of the class token, by head</source>
        <translation>Aufmerksamkeit des Klassen-Tokens, je Kopf</translation>
    </message>
    <message>
        <source>%1: the brightest patch has %2 of the attention; all patches alike would have %3 each. On the class token itself: %4.</source>
        <translation>%1: Auf den hellsten Patch entfallen %2 der Aufmerksamkeit; wären alle Patches gleich, wären es je %3. Auf das Klassen-Token selbst: %4.</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Head %1</source>
        <translation>Kopf %1</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::CanvasMouse</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiterer</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Plot: left and right move, plus and minus zoom, Home shows everything</source>
        <translation>Diagramm: Links und Rechts verschieben, Plus und Minus zoomen, Pos1 zeigt alles</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::CheckpointList</name>
    <message>
        <source>None yet.</source>
        <translation>Noch keine.</translation>
    </message>
    <message>
        <source>Fork from here…</source>
        <translation>Hier abzweigen …</translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation>Checkpoints</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>kNN</source>
        <translation>kNN</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Checkpoints of the run</source>
        <translation>Checkpoints des Laufs</translation>
    </message>
    <message>
        <source>%1, best</source>
        <translation>%1, beste</translation>
    </message>
    <message>
        <source>Saved %1
%2</source>
        <translation>Gespeichert %1
%2</translation>
    </message>
    <message>
        <source>Select a checkpoint of the list.</source>
        <translation>Einen Checkpoint der Liste auswählen.</translation>
    </message>
    <message>
        <source>Train a new run from this checkpoint with other options: opens the form</source>
        <translation>Von diesem Checkpoint aus einen neuen Lauf mit anderen Optionen trainieren: öffnet das Formular</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::ClusterJobDialog</name>
    <message>
        <source>One process takes the whole batch of %1</source>
        <translation>Ein Prozess übernimmt den ganzen Batch von %1</translation>
    </message>
    <message>
        <source>Of a batch of %1 each of %2 processes takes %3 images</source>
        <translation>Von einem Batch von %1 übernimmt jeder von %2 Prozessen %3 Bilder</translation>
    </message>
    <message>
        <source>, in micro-batches of %1</source>
        <translation>, in Mikro-Batches von %1</translation>
    </message>
    <message>
        <source>Save as cluster job</source>
        <translation>Als Cluster-Job speichern</translation>
    </message>
    <message>
        <source>A script that trains the configured run in several processes, one a GPU, and the configuration beside it.</source>
        <translation>Ein Skript, das den eingerichteten Lauf in mehreren Prozessen trainiert, einem je GPU, und daneben die Konfiguration.</translation>
    </message>
    <message>
        <source>The script</source>
        <translation>Das Skript</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>torchrun: on one machine</source>
        <translation>torchrun: auf einer Maschine</translation>
    </message>
    <message>
        <source>Slurm: on one or several machines</source>
        <translation>Slurm: auf einer oder mehreren Maschinen</translation>
    </message>
    <message>
        <source>S&amp;tarted by</source>
        <translation>Ges&amp;tartet von</translation>
    </message>
    <message>
        <source>&amp;Machines</source>
        <translation>&amp;Maschinen</translation>
    </message>
    <message>
        <source>Slurm’s nodes</source>
        <translation>Knoten von Slurm</translation>
    </message>
    <message>
        <source>&amp;Processes</source>
        <translation>&amp;Prozesse</translation>
    </message>
    <message>
        <source>On each machine, one a GPU; each is one replica</source>
        <translation>Auf jeder Maschine, einer je GPU; jeder ist eine Replik</translation>
    </message>
    <message>
        <source>&amp;Cores</source>
        <translation>&amp;Kerne</translation>
    </message>
    <message>
        <source>Of each process; they decode the images</source>
        <translation>Je Prozess; sie decodieren die Bilder</translation>
    </message>
    <message>
        <source>Hours:minutes:seconds, or days-hours. Two minutes before it is over the run writes a checkpoint and stops.</source>
        <translation>Stunden:Minuten:Sekunden oder Tage-Stunden. Zwei Minuten vor Ablauf schreibt der Lauf einen Checkpoint und stoppt.</translation>
    </message>
    <message>
        <source>Time &amp;limit</source>
        <translation>&amp;Zeitlimit</translation>
    </message>
    <message>
        <source>Run &amp;name</source>
        <translation>&amp;Name des Laufs</translation>
    </message>
    <message>
        <source>Run &amp;history</source>
        <translation>&amp;Historie</translation>
    </message>
    <message>
        <source>Where the run is recorded; made where it does not exist</source>
        <translation>Wo der Lauf aufgezeichnet wird; wird angelegt, wenn es sie nicht gibt</translation>
    </message>
    <message>
        <source>Pro&amp;gram</source>
        <translation>Pro&amp;gramm</translation>
    </message>
    <message>
        <source>mocoscope-train on the machines that train: a name in PATH, or a path</source>
        <translation>mocoscope-train auf den Maschinen, die trainieren: ein Name aus PATH oder ein Pfad</translation>
    </message>
    <message>
        <source>Scr&amp;ipt</source>
        <translation>Skr&amp;ipt</translation>
    </message>
    <message>
        <source>The configuration is written beside it, with the ending .json</source>
        <translation>Die Konfiguration wird daneben geschrieben, mit der Endung .json</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Start it</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>After a stop</source>
        <translation>Nach einem Stopp</translation>
    </message>
    <message>
        <source>Watch it</source>
        <translation>Zusehen</translation>
    </message>
    <message>
        <source>Write the script and the configuration</source>
        <translation>Skript und Konfiguration schreiben</translation>
    </message>
    <message>
        <source>It appears on Runs in this window as soon as it has started.</source>
        <translation>Er erscheint in diesem Fenster unter „Läufe“, sobald er gestartet ist.</translation>
    </message>
    <message>
        <source>%1, or “Open history” in the menu File, as soon as it has started.</source>
        <translation>%1, oder „Historie öffnen“ im Menü „Datei“, sobald er gestartet ist.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Replace what is there?&lt;/b&gt;</source>
        <translation>&lt;b&gt;Vorhandenes ersetzen?&lt;/b&gt;</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>&amp;Ersetzen</translation>
    </message>
    <message>
        <source>The job is in %1.</source>
        <translation>Der Job steht in %1.</translation>
    </message>
    <message>
        <source>Start it with: %1</source>
        <translation>Starten mit: %1</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Befehl kopieren</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::CollapsePanel</name>
    <message>
        <source>Features</source>
        <translation>Merkmale</translation>
    </message>
    <message>
        <source>Feature deviation</source>
        <translation>Abweichung der Merkmale</translation>
    </message>
    <message>
        <source>Mean deviation of the normalised features over images, times √width: 1 when they are spread evenly, 0 when all images look alike</source>
        <translation>Mittlere Abweichung der normierten Merkmale über Bilder, mal √Breite: 1, wenn sie gleichmäßig verteilt sind, 0, wenn alle Bilder gleich aussehen</translation>
    </message>
    <message>
        <source>Effective rank</source>
        <translation>Effektiver Rang</translation>
    </message>
    <message>
        <source>How many directions the features use: the exponential of the entropy of their singular values</source>
        <translation>Wie viele Richtungen die Merkmale nutzen: Exponential der Entropie ihrer Singulärwerte</translation>
    </message>
    <message>
        <source>Alignment</source>
        <translation>Alignment</translation>
    </message>
    <message>
        <source>Mean squared distance of the normalised features of two random views of an image: 0 when views make no difference, 2 when they have nothing in common. Low is good as long as uniformity is low too</source>
        <translation>Mittlerer quadratischer Abstand der normierten Merkmale zweier zufälliger Ansichten eines Bildes: 0, wenn die Ansicht keinen Unterschied macht, 2, wenn sie nichts gemeinsam haben. Niedrig ist gut, solange auch die Uniformität niedrig ist</translation>
    </message>
    <message>
        <source>Uniformity</source>
        <translation>Uniformität</translation>
    </message>
    <message>
        <source>Logarithm of the mean of exp(−2 d²) over pairs of images: 0 when all are in one place, towards −4 when they are spread over the sphere</source>
        <translation>Logarithmus des Mittelwerts von exp(−2 d²) über Paare von Bildern: 0, wenn alle an einem Ort liegen, gegen −4, wenn sie über die Sphäre verteilt sind</translation>
    </message>
    <message>
        <source>Dead dimensions</source>
        <translation>Tote Dimensionen</translation>
    </message>
    <message>
        <source>Share of the feature dimensions that vary less than a hundredth as much as usual from image to image</source>
        <translation>Anteil der Merkmalsdimensionen, die sich von Bild zu Bild um weniger als ein Hundertstel des Üblichen ändern</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::ColourBar</name>
    <message>
        <source>Colours of the heat map</source>
        <translation>Farben der Heatmap</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Search actions, pages, presets and runs</source>
        <translation>Aktionen, Seiten, Vorlagen und Läufe suchen</translation>
    </message>
    <message>
        <source>Commands found</source>
        <translation>Gefundene Befehle</translation>
    </message>
    <message>
        <source>Nothing fits this search.</source>
        <translation>Dazu passt nichts.</translation>
    </message>
    <message>
        <source>↑ ↓ choose, Return runs, Escape closes</source>
        <translation>↑ ↓ wählen, Eingabe führt aus, Esc schließt</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::CompareChooser</name>
    <message>
        <source>Find runs</source>
        <translation>Läufe suchen</translation>
    </message>
    <message>
        <source>&lt;qt&gt;Words of the name, tags and notes, or conditions: &lt;i&gt;lr &amp;gt; 1e-4 and method = byol&lt;/i&gt;&lt;/qt&gt;</source>
        <translation>&lt;qt&gt;Wörter aus Name, Schlagwörtern und Notizen oder Bedingungen: &lt;i&gt;lr &amp;gt; 1e-4 and method = byol&lt;/i&gt;&lt;/qt&gt;</translation>
    </message>
    <message>
        <source>Find a run</source>
        <translation>Einen Lauf suchen</translation>
    </message>
    <message>
        <source>Runs to compare</source>
        <translation>Läufe zum Vergleich</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Compare all runs of this list, those that the search left</source>
        <translation>Alle Läufe dieser Liste vergleichen, die die Suche übrig ließ</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Compare no run</source>
        <translation>Keinen Lauf vergleichen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1, %2 found</source>
        <translation>%1, %2 gefunden</translation>
    </message>
    <message>
        <source>%1 of %2 runs are compared</source>
        <translation>%1 von %2 Läufen werden verglichen</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::CompareModel</name>
    <message>
        <source>%1, the baseline</source>
        <translation>%1, die Referenz</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Published, of models at full size</source>
        <translation>Veröffentlicht, von Modellen voller Größe</translation>
    </message>
    <message>
        <source>What the study reports of the setting that the run stands for. Not measured here.</source>
        <translation>Was die Studie von der Einstellung berichtet, für die der Lauf steht. Hier nicht gemessen.</translation>
    </message>
    <message>
        <source>Options: all are the same</source>
        <translation>Optionen: alle gleich</translation>
    </message>
    <message>
        <source>Options: choose a second run to see what differs</source>
        <translation>Optionen: einen zweiten Lauf wählen, um Unterschiede zu sehen</translation>
    </message>
    <message>
        <source>All options</source>
        <translation>Alle Optionen</translation>
    </message>
    <message>
        <source>Options that differ</source>
        <translation>Abweichende Optionen</translation>
    </message>
    <message>
        <source>%1, last</source>
        <translation>%1, zuletzt</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::ComparePage</name>
    <message>
        <source>No runs yet. Once two or more have been trained, their curves can be laid over each other here, with what their configurations differ in.</source>
        <translation>Noch keine Läufe. Sobald zwei oder mehr trainiert sind, lassen sich hier ihre Kurven übereinanderlegen, mit dem, worin sich ihre Konfigurationen unterscheiden.</translation>
    </message>
    <message>
        <source>Views of the runs</source>
        <translation>Ansichten der Läufe</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>Small plots</source>
        <translation>Kacheln</translation>
    </message>
    <message>
        <source>Scatter</source>
        <translation>Streuung</translation>
    </message>
    <message>
        <source>Parallel axes</source>
        <translation>Parallele Achsen</translation>
    </message>
    <message>
        <source>Ablation</source>
        <translation>Ablation</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::ComparePlots</name>
    <message>
        <source>Mean ± &amp;deviation</source>
        <translation>Mittel ± &amp;Abweichung</translation>
    </message>
    <message>
        <source>Best so &amp;far</source>
        <translation>&amp;Bisher beste</translation>
    </message>
    <message>
        <source>Colour and group the curves by</source>
        <translation>Die Kurven nach … färben und gruppieren</translation>
    </message>
    <message>
        <source>Runs of one group share a colour</source>
        <translation>Läufe einer Gruppe teilen sich eine Farbe</translation>
    </message>
    <message>
        <source>In place of a group&apos;s runs their mean, at the steps that all of them have, and a band of one standard deviation of the sample</source>
        <translation>Statt der Läufe einer Gruppe ihr Mittelwert, an den Schritten, die alle haben, und ein Band von einer Standardabweichung der Stichprobe</translation>
    </message>
    <message>
        <source>The lowest loss and the highest accuracy up to each step</source>
        <translation>Der kleinste Loss und die höchste Genauigkeit bis zu jedem Schritt</translation>
    </message>
    <message>
        <source>The metric that this plot shows</source>
        <translation>Die Metrik, die dieses Diagramm zeigt</translation>
    </message>
    <message>
        <source>Metric of plot %1</source>
        <translation>Metrik von Diagramm %1</translation>
    </message>
    <message>
        <source>Tick runs on the left to lay their curves over each other.</source>
        <translation>Links Läufe ankreuzen, um ihre Kurven übereinanderzulegen.</translation>
    </message>
    <message>
        <source>None of these runs has values of this metric.</source>
        <translation>Keiner dieser Läufe hat Werte dieser Metrik.</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::CompareRowsView</name>
    <message>
        <source>Results and options of the runs, a run in each row</source>
        <translation>Ergebnisse und Optionen der Läufe, ein Lauf je Zeile</translation>
    </message>
    <message>
        <source>Pinned options</source>
        <translation>Angeheftete Optionen</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::CompareTable</name>
    <message>
        <source>&amp;All options</source>
        <translation>&amp;Alle Optionen</translation>
    </message>
    <message>
        <source>&amp;Mean over seeds</source>
        <translation>Seed-&amp;Mittel</translation>
    </message>
    <message>
        <source>Results and options of the runs</source>
        <translation>Ergebnisse und Optionen der Läufe</translation>
    </message>
    <message>
        <source>&amp;Baseline</source>
        <translation>&amp;Referenz</translation>
    </message>
    <message>
        <source>The run that the others are measured against (✓ better, ✗ worse)</source>
        <translation>Der Lauf, an dem die anderen gemessen werden (✓ besser, ✗ schlechter)</translation>
    </message>
    <message>
        <source>Also list the options that are the same in all runs</source>
        <translation>Auch Optionen aufführen, die in allen Läufen gleich sind</translation>
    </message>
    <message>
        <source>Mean ± standard deviation of the sample (number of runs) for finished runs that differ in nothing but the seed</source>
        <translation>Mittelwert ± Standardabweichung der Stichprobe (Zahl der Läufe) für beendete Läufe, die sich nur im Seed unterscheiden</translation>
    </message>
    <message>
        <source>New run from ▾</source>
        <translation>Neuer Lauf aus ▾</translation>
    </message>
    <message>
        <source>Set up a run with the configuration of one of these</source>
        <translation>Einen Lauf mit der Konfiguration von einem dieser einrichten</translation>
    </message>
    <message>
        <source>Save ▾</source>
        <translation>Speichern ▾</translation>
    </message>
    <message>
        <source>Report as one web page…</source>
        <translation>Bericht als eine Webseite …</translation>
    </message>
    <message>
        <source>Curves of all runs as one table (CSV)…</source>
        <translation>Kurven aller Läufe als eine Tabelle (CSV) …</translation>
    </message>
    <message>
        <source>Use as baseline</source>
        <translation>Als Referenz nehmen</translation>
    </message>
    <message>
        <source>New run from this configuration</source>
        <translation>Neuer Lauf mit dieser Konfiguration</translation>
    </message>
    <message>
        <source>Runs as &amp;rows</source>
        <translation>Läufe als &amp;Zeilen</translation>
    </message>
    <message>
        <source>A row for each run, sorted by a click on a column; otherwise a column for each</source>
        <translation>Eine Zeile je Lauf, durch Klick auf eine Spalte sortiert; sonst eine Spalte je Lauf</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Pin: always shown, before the others</source>
        <translation>Anheften: immer zu sehen, vor den anderen</translation>
    </message>
    <message>
        <source>Report as PDF…</source>
        <translation>Bericht als PDF …</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::CompareView</name>
    <message>
        <source>Each run</source>
        <translation>Jeder Lauf</translation>
    </message>
    <message>
        <source>By seeds</source>
        <translation>Nach Seeds</translation>
    </message>
    <message>
        <source>By %1</source>
        <translation>Nach %1</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::ConfigForm</name>
    <message>
        <source>No option contains all of these words.</source>
        <translation>Keine Option enthält all diese Wörter.</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Optionen</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::ConfigurePage</name>
    <message>
        <source>This machine has no device %1.</source>
        <translation>Diese Maschine hat kein Gerät %1.</translation>
    </message>
    <message>
        <source>Configure</source>
        <translation>Einrichten</translation>
    </message>
    <message>
        <source>&amp;Preset</source>
        <translation>&amp;Vorlage</translation>
    </message>
    <message>
        <source>Go back to the preset&apos;s values</source>
        <translation>Zu den Werten der Vorlage zurückkehren</translation>
    </message>
    <message>
        <source>Load a configuration from a file (Ctrl+O)</source>
        <translation>Eine Konfiguration aus einer Datei laden (Strg+O)</translation>
    </message>
    <message>
        <source>Save the configuration to a file (Ctrl+S)</source>
        <translation>Die Konfiguration in eine Datei speichern (Strg+S)</translation>
    </message>
    <message>
        <source>Search options (Ctrl+F)</source>
        <translation>Optionen suchen (Strg+F)</translation>
    </message>
    <message>
        <source>Search the options</source>
        <translation>Die Optionen durchsuchen</translation>
    </message>
    <message>
        <source>What the run needs and sees</source>
        <translation>Was der Lauf braucht und sieht</translation>
    </message>
    <message>
        <source>named after the preset</source>
        <translation>nach der Vorlage benannt</translation>
    </message>
    <message>
        <source>Run &amp;name</source>
        <translation>&amp;Name des Laufs</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>Training starten</translation>
    </message>
    <message>
        <source>As it was in “%1”.</source>
        <translation>Wie in „%1“.</translation>
    </message>
    <message>
        <source>Evaluates “%1”: its options, with the task and its newest weights. Other images make it a transfer.</source>
        <translation>Wertet „%1“ aus: seine Optionen, mit der Aufgabe und seinen neuesten Gewichten. Mit anderen Bildern wird es ein Transfer.</translation>
    </message>
    <message>
        <source>A fork: starts from step %1 of “%2”, with its weights and the state of its optimizer. What they depend on stays as it is.</source>
        <translation>Ein Abzweig: beginnt bei Schritt %1 von „%2“, mit dessen Gewichten und dem Zustand des Optimierers. Was diese voraussetzen, bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>%1 fork</source>
        <translation>%1 Abzweig</translation>
    </message>
    <message numerus="yes">
        <source>%n changed option(s) were replaced.</source>
        <translation>
            <numerusform>%n geänderte Option wurde ersetzt.</numerusform>
            <numerusform>%n geänderte Optionen wurden ersetzt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message numerus="yes">
        <source>Reset %n changed</source>
        <translation>
            <numerusform>%n Änderung zurücknehmen</numerusform>
            <numerusform>%n Änderungen zurücknehmen</numerusform>
        </translation>
    </message>
    <message>
        <source>1 option needs attention</source>
        <translation>Eine Option muss geprüft werden</translation>
    </message>
    <message>
        <source>%1 options need attention</source>
        <translation>%1 Optionen müssen geprüft werden</translation>
    </message>
    <message>
        <source>The run history cannot be written.</source>
        <translation>In die Historie kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>A run is on. Stop it first, or wait for its end.</source>
        <translation>Ein Lauf ist im Gange. Erst stoppen oder sein Ende abwarten.</translation>
    </message>
    <message>
        <source>A run is on. Wait for its end, or queue this one under Sweep.</source>
        <translation>Ein Lauf ist im Gange. Abwarten, oder diesen unter „Sweep“ einreihen.</translation>
    </message>
    <message>
        <source>A fork is a single run.</source>
        <translation>Ein Abzweig ist ein einzelner Lauf.</translation>
    </message>
    <message>
        <source>Start evaluation</source>
        <translation>Auswertung starten</translation>
    </message>
    <message>
        <source>Store the run and start it (Ctrl+Return)</source>
        <translation>Den Lauf speichern und starten (Strg+Return)</translation>
    </message>
    <message>
        <source>Go to the first option that needs attention</source>
        <translation>Zur ersten Option, die geprüft werden muss</translation>
    </message>
    <message>
        <source>The run cannot be started.</source>
        <translation>Der Lauf kann nicht gestartet werden.</translation>
    </message>
    <message>
        <source>Load a configuration</source>
        <translation>Eine Konfiguration laden</translation>
    </message>
    <message>
        <source>Configurations (*.json);;All files (*)</source>
        <translation>Konfigurationen (*.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>%1 cannot be read</source>
        <translation>%1 kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>%1 is no configuration</source>
        <translation>%1 ist keine Konfiguration</translation>
    </message>
    <message>
        <source>Save the configuration</source>
        <translation>Die Konfiguration speichern</translation>
    </message>
    <message>
        <source>%1 cannot be written</source>
        <translation>%1 kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>Save as a job for torchrun or Slurm</source>
        <translation>Als Job für torchrun oder Slurm speichern</translation>
    </message>
    <message>
        <source>Some options need attention.</source>
        <translation>Einige Optionen müssen geprüft werden.</translation>
    </message>
    <message>
        <source>A fork goes on from a checkpoint of this history: start it here, or with “mocoscope-train fork”.</source>
        <translation>Ein Abzweig geht von einem Checkpoint dieser Historie aus: hier starten oder mit „mocoscope-train fork“.</translation>
    </message>
    <message>
        <source>This configuration cannot be a job.</source>
        <translation>Aus dieser Konfiguration kann kein Job werden.</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::CurvePlot</name>
    <message>
        <source>log</source>
        <translation>log</translation>
    </message>
    <message>
        <source>Logarithmic vertical axis</source>
        <translation>Logarithmische senkrechte Achse</translation>
    </message>
    <message>
        <source>Export this plot</source>
        <translation>Dieses Diagramm exportieren</translation>
    </message>
    <message>
        <source>Plot menu</source>
        <translation>Menü des Diagramms</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Save as image…</source>
        <translation>Als Bild speichern …</translation>
    </message>
    <message>
        <source>Save data as CSV…</source>
        <translation>Daten als CSV speichern …</translation>
    </message>
    <message>
        <source>Curves of %1</source>
        <translation>Kurven von %1</translation>
    </message>
    <message>
        <source>step %1 · epoch %2 · %3</source>
        <translation>Schritt %1 · Epoche %2 · %3</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::DesktopNotifications</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::DiagnosePage</name>
    <message>
        <source>No run to diagnose</source>
        <translation>Kein Lauf zum Untersuchen</translation>
    </message>
    <message>
        <source>The gradients of all layers, their spikes and what came of them are shown here, of a run that is on or of a past one.</source>
        <translation>Hier sind die Gradienten aller Schichten, ihre Spitzen und deren Folgen zu sehen, von einem laufenden oder einem früheren Lauf.</translation>
    </message>
    <message>
        <source>Set up a run</source>
        <translation>Einen Lauf einrichten</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <source>The run to diagnose: the one that is on, or a past one</source>
        <translation>Der untersuchte Lauf: der laufende oder ein früherer</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>Vorfälle</translation>
    </message>
    <message>
        <source>Click on an incident to zoom to it</source>
        <translation>Ein Klick auf einen Vorfall vergrößert ihn</translation>
    </message>
    <message>
        <source>● %1</source>
        <translation>● %1</translation>
    </message>
    <message>
        <source>1 incident. Click on it in the table to zoom to it.</source>
        <translation>Ein Vorfall. Ein Klick darauf in der Tabelle vergrößert ihn.</translation>
    </message>
    <message>
        <source>%1 incidents. Click on one in the table to zoom to it.</source>
        <translation>%1 Vorfälle. Ein Klick auf einen in der Tabelle vergrößert ihn.</translation>
    </message>
    <message>
        <source>Reading the run…</source>
        <translation>Der Lauf wird gelesen …</translation>
    </message>
    <message>
        <source>The gradient of each layer appears with the first step of the run.</source>
        <translation>Der Gradient jeder Schicht erscheint mit dem ersten Schritt des Laufs.</translation>
    </message>
    <message>
        <source>This run has recorded no gradients. A kNN evaluation and a linear probing train no backbone: choose the run that they evaluate.</source>
        <translation>Dieser Lauf hat keine Gradienten aufgezeichnet. Eine kNN-Auswertung und ein Linear Probing trainieren kein Backbone: den Lauf wählen, den sie auswerten.</translation>
    </message>
    <message>
        <source>Looking for gradient spikes…</source>
        <translation>Es wird nach Gradientenspitzen gesucht …</translation>
    </message>
    <message>
        <source>Gradient spikes are not watched in this run. Set monitor.spike_threshold above 0 to find them.</source>
        <translation>In diesem Lauf werden Gradientenspitzen nicht überwacht. Damit sie gefunden werden, monitor.spike_threshold über 0 setzen.</translation>
    </message>
    <message>
        <source>Views of the run</source>
        <translation>Ansichten des Laufs</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>Gradienten</translation>
    </message>
    <message>
        <source>What the features see</source>
        <translation>Was die Merkmale sehen</translation>
    </message>
    <message>
        <source>%1 (run %2)</source>
        <translation>%1 (Lauf %2)</translation>
    </message>
    <message>
        <source>No gradient spike so far. A layer is judged after %1 steps (monitor.spike_warmup); a spike lies %2 robust deviations above its running median (monitor.spike_threshold) and is %3 times as large (monitor.spike_factor).</source>
        <translation>Bisher keine Gradientenspitze. Eine Schicht wird nach %1 Schritten beurteilt (monitor.spike_warmup); eine Spitze liegt %2 robuste Abweichungen über ihrem laufenden Median (monitor.spike_threshold) und ist %3-mal so groß (monitor.spike_factor).</translation>
    </message>
    <message>
        <source>Search the runs</source>
        <translation>Die Läufe durchsuchen</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::DiagnosePlots</name>
    <message>
        <source>Gradient by layer and step</source>
        <translation>Gradient nach Schicht und Schritt</translation>
    </message>
    <message>
        <source>Gradient of chosen layers</source>
        <translation>Gradient ausgewählter Schichten</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Choose layers in the list on the right, or click on a row above.</source>
        <translation>Schichten in der Liste rechts wählen oder oben auf eine Zeile klicken.</translation>
    </message>
    <message>
        <source>on test images, %</source>
        <translation>auf Testbildern, %</translation>
    </message>
    <message>
        <source>Accuracy appears with the first evaluation of labelled images.</source>
        <translation>Die Genauigkeit erscheint mit der ersten Auswertung mit Labels.</translation>
    </message>
    <message>
        <source>Relative to usual</source>
        <translation>Relativ zum Üblichen</translation>
    </message>
    <message>
        <source>L2 norm</source>
        <translation>L2-Norm</translation>
    </message>
    <message>
        <source>Relative: each layer divided by its own median over the last %1 steps, so that a spike stands out whatever the layer&apos;s size</source>
        <translation>Relativ: jede Schicht geteilt durch ihren eigenen Median der letzten %1 Schritte, sodass eine Spitze bei jeder Größe der Schicht auffällt</translation>
    </message>
    <message>
        <source>What the colours show</source>
        <translation>Was die Farben zeigen</translation>
    </message>
    <message>
        <source>times the layer&apos;s own median of %1 steps; the largest step of each pixel</source>
        <translation>Vielfaches des Medians der Schicht über %1 Schritte; der größte Schritt je Pixel</translation>
    </message>
    <message>
        <source>L2 norm; the largest step of each pixel</source>
        <translation>L2-Norm; der größte Schritt je Pixel</translation>
    </message>
    <message>
        <source>times usual</source>
        <translation>mal üblich</translation>
    </message>
    <message>
        <source>× usual</source>
        <translation>× üblich</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::EstimatePanel</name>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>%1 images</source>
        <translation>%1 Bilder</translation>
    </message>
    <message>
        <source>%1 to test</source>
        <translation>%1 zum Testen</translation>
    </message>
    <message>
        <source>none to test, so no accuracy</source>
        <translation>keine zum Testen, also keine Genauigkeit</translation>
    </message>
    <message>
        <source>unlabelled</source>
        <translation>ohne Labels</translation>
    </message>
    <message>
        <source>%1 classes</source>
        <translation>%1 Klassen</translation>
    </message>
    <message>
        <source>What it needs</source>
        <translation>Was er braucht</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>What is found at the path</source>
        <translation>Was unter dem Pfad gefunden wird</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>The last incomplete batch of an epoch is dropped</source>
        <translation>Der letzte, unvollständige Batch einer Epoche entfällt</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Measured in a past run with the same model, batch and device setting</source>
        <translation>Gemessen in einem früheren Lauf mit demselben Modell, Batch und Gerät</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Backbone, and projector + predictor</source>
        <translation>Backbone sowie Projektor + Prädiktor</translation>
    </message>
    <message>
        <source>Trained</source>
        <translation>Trainiert</translation>
    </message>
    <message>
        <source>Without frozen ones and the momentum encoder</source>
        <translation>Ohne eingefrorene und ohne den Momentum-Encoder</translation>
    </message>
    <message>
        <source>Computation</source>
        <translation>Rechenaufwand</translation>
    </message>
    <message>
        <source>Multiply-adds of the backbone for one image, forward</source>
        <translation>Multiply-Adds des Backbones für ein Bild, vorwärts</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Estimate for weights, optimizer state and activations of one step</source>
        <translation>Schätzung für Gewichte, Zustand des Optimierers und Aktivierungen eines Schritts</translation>
    </message>
    <message>
        <source>looking…</source>
        <translation>wird gesucht …</translation>
    </message>
    <message>
        <source>%1 backbone</source>
        <translation>%1 Backbone</translation>
    </message>
    <message>
        <source>%1 backbone, %2 heads</source>
        <translation>%1 Backbone, %2 Köpfe</translation>
    </message>
    <message>
        <source>%1FLOPs an image</source>
        <translation>%1FLOPs je Bild</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>etwa %1</translation>
    </message>
    <message>
        <source>%1 in all, %2 an epoch</source>
        <translation>%1 insgesamt, %2 je Epoche</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>noch nicht gemessen</translation>
    </message>
    <message>
        <source>%1, %2 an epoch, as measured in “%3”</source>
        <translation>%1, %2 je Epoche, wie in „%3“ gemessen</translation>
    </message>
    <message>
        <source>the classifiers alone</source>
        <translation>nur die Klassifikatoren</translation>
    </message>
    <message>
        <source>%1 + %2 + %3 + %4 blocks, feature of %5</source>
        <translation>%1 + %2 + %3 + %4 Blöcke, Merkmal mit %5 Werten</translation>
    </message>
    <message>
        <source>%1 blocks, %2 wide, %3 heads, %4 tokens</source>
        <translation>%1 Blöcke, %2 breit, %3 Köpfe, %4 Tokens</translation>
    </message>
    <message>
        <source>Backbone</source>
        <translation>Backbone</translation>
    </message>
    <message>
        <source>As named, with the depth, width, heads and patches set under Model</source>
        <translation>Wie benannt, mit der Tiefe, Breite, den Köpfen und Patches, die unter „Modell“ stehen</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::EvaluationStart</name>
    <message>
        <source>Evaluate</source>
        <translation>Auswerten</translation>
    </message>
    <message>
        <source>Find out what its features are worth: opens the form, filled in</source>
        <translation>Herausfinden, was seine Merkmale wert sind: öffnet das ausgefüllte Formular</translation>
    </message>
    <message>
        <source>&amp;kNN on frozen features…</source>
        <translation>&amp;kNN auf eingefrorenen Merkmalen …</translation>
    </message>
    <message>
        <source>&amp;Linear probing…</source>
        <translation>&amp;Linear Probing …</translation>
    </message>
    <message>
        <source>&amp;Fine-tuning…</source>
        <translation>&amp;Fine-Tuning …</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::FeaturesBar</name>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>, epoch %1</source>
        <translation>, Epoche %1</translation>
    </message>
    <message>
        <source>, kNN %1</source>
        <translation>, kNN %1</translation>
    </message>
    <message>
        <source>%1; its checkpoint is gone</source>
        <translation>%1; der Checkpoint ist nicht mehr da</translation>
    </message>
    <message>
        <source>&amp;Block</source>
        <translation>&amp;Block</translation>
    </message>
    <message>
        <source>All checkpoints</source>
        <translation>Alle Checkpoints</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Ch&amp;eckpoint</source>
        <translation>Ch&amp;eckpoint</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>Checkpoint</translation>
    </message>
    <message>
        <source>The checkpoints of the run, from the first to the newest</source>
        <translation>Die Checkpoints des Laufs, vom ersten bis zum neuesten</translation>
    </message>
    <message>
        <source>The block whose attention is shown</source>
        <translation>Der Block, dessen Aufmerksamkeit gezeigt wird</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>Compute what is missing of all checkpoints, so that the slider shows each at once and neighbours can be followed over the run</source>
        <translation>Berechnet, was zu allen Checkpoints fehlt: Der Schieber zeigt dann jeden sofort, und Nachbarn lassen sich über den Lauf verfolgen</translation>
    </message>
    <message>
        <source>Progress of the pictures</source>
        <translation>Fortschritt der Bilder</translation>
    </message>
    <message>
        <source>Some pictures could not be computed</source>
        <translation>Nicht alle Bilder ließen sich berechnen</translation>
    </message>
    <message>
        <source>%1 (last)</source>
        <translation>%1 (letzter)</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::FeaturesView</name>
    <message>
        <source>What the features see is made from a run&apos;s checkpoints. One is written when a run is paused, stopped or finished, and as often as checkpoint.every_minutes and checkpoint.every_epochs say; checkpoint.keep_last says how many are kept.</source>
        <translation>Was die Merkmale sehen, wird aus den Checkpoints eines Laufs berechnet. Einer wird geschrieben, wenn ein Lauf angehalten, gestoppt oder beendet wird, und so oft, wie checkpoint.every_minutes und checkpoint.every_epochs sagen; checkpoint.keep_last sagt, wie viele bleiben.</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>Berechnen</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Other images</source>
        <translation>Andere Bilder</translation>
    </message>
    <message>
        <source>No backbone of its own</source>
        <translation>Kein eigenes Backbone</translation>
    </message>
    <message>
        <source>A kNN evaluation and a linear probing train no backbone: choose the run that they evaluate.</source>
        <translation>Eine kNN-Auswertung und ein Linear Probing trainieren kein Backbone: den Lauf wählen, den sie auswerten.</translation>
    </message>
    <message>
        <source>Another draw from the sample; the same ones come each time</source>
        <translation>Eine andere Ziehung aus der Stichprobe; jedes Mal kommen dieselben</translation>
    </message>
    <message>
        <source>Images to choose from</source>
        <translation>Bilder zur Auswahl</translation>
    </message>
    <message>
        <source>Attention of the class token</source>
        <translation>Aufmerksamkeit des Klassen-Tokens</translation>
    </message>
    <message>
        <source>Nearest neighbours</source>
        <translation>Nächste Nachbarn</translation>
    </message>
    <message>
        <source>Nearest neighbours of the chosen image</source>
        <translation>Nächste Nachbarn des gewählten Bilds</translation>
    </message>
    <message>
        <source>Step %1: %2 of %3 images</source>
        <translation>Schritt %1: %2 von %3 Bildern</translation>
    </message>
    <message>
        <source>Step %1: opening the images…</source>
        <translation>Schritt %1: Bilder werden geöffnet …</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>%1, cosine %2
%3</source>
        <translation>%1, Kosinus %2
%3</translation>
    </message>
    <message>
        <source>By the cosine of the features, among %1 training images that are spread over the data set.</source>
        <translation>Nach dem Kosinus der Merkmale, unter %1 Trainingsbildern, die über den Datensatz verteilt sind.</translation>
    </message>
    <message>
        <source> They have no labels.</source>
        <translation> Sie haben keine Labels.</translation>
    </message>
    <message>
        <source> ✓: the same label, which %1 of the %2 nearest of all images have.</source>
        <translation> ✓: dasselbe Label; das haben %1 der %2 nächsten aller Bilder.</translation>
    </message>
    <message>
        <source>Looking for checkpoints…</source>
        <translation>Checkpoints werden gesucht …</translation>
    </message>
    <message>
        <source>The checkpoint of this step has been deleted, and this block was not looked at before. Choose the last block, or another checkpoint.</source>
        <translation>Der Checkpoint dieses Schritts ist gelöscht, und dieser Block wurde vorher nicht betrachtet. Den letzten Block oder einen anderen Checkpoint wählen.</translation>
    </message>
    <message>
        <source>Being computed…</source>
        <translation>Wird berechnet …</translation>
    </message>
    <message>
        <source>This checkpoint has not been looked at yet.</source>
        <translation>Dieser Checkpoint wurde noch nicht betrachtet.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Step %1: t-SNE…</source>
        <translation>Schritt %1: t-SNE …</translation>
    </message>
    <message>
        <source>Step %1: t-SNE, %2 of %3 iterations</source>
        <translation>Schritt %1: t-SNE, %2 von %3 Iterationen</translation>
    </message>
    <message>
        <source>t-SNE is being computed…</source>
        <translation>t-SNE wird berechnet …</translation>
    </message>
    <message>
        <source>t-SNE of this checkpoint has not been computed yet.</source>
        <translation>t-SNE dieses Checkpoints wurde noch nicht berechnet.</translation>
    </message>
    <message>
        <source>No checkpoint</source>
        <translation>Kein Checkpoint</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::FieldEditor</name>
    <message>
        <source>Archives (*.tar *.tar.gz *.tgz);;All files (*)</source>
        <translation>Archive (*.tar *.tar.gz *.tgz);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Weights (*.safetensors);;All files (*)</source>
        <translation>Gewichte (*.safetensors);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>%1 of %2 in use</source>
        <translation>%1 von %2 belegt</translation>
    </message>
    <message>
        <source>, %1 % load</source>
        <translation>, %1 % ausgelastet</translation>
    </message>
    <message>
        <source>auto (first GPU, else CPU)</source>
        <translation>auto (erste GPU, sonst CPU)</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::FieldRow</name>
    <message>
        <source>0: %1</source>
        <translation>0: %1</translation>
    </message>
    <message>
        <source>In the paper: %1</source>
        <translation>Im Paper: %1</translation>
    </message>
    <message>
        <source>From %1 to %2</source>
        <translation>Von %1 bis %2</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Changed. Go back to the preset&apos;s value: %1</source>
        <translation>Geändert. Zum Wert der Vorlage zurück: %1</translation>
    </message>
    <message>
        <source>Reset %1 to the preset&apos;s value %2</source>
        <translation>%1 auf den Wert der Vorlage zurücksetzen: %2</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::HeatMapPlot</name>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::HistoryFiles</name>
    <message>
        <source>Run histories (*.db)</source>
        <translation>Historien (*.db)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) were here already.</source>
        <translation>
            <numerusform>%n Lauf war schon da.</numerusform>
            <numerusform>%n Läufe waren schon da.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) that wait or are on there are left out.</source>
        <translation>
            <numerusform>%n Lauf, der dort wartet oder läuft, ist ausgelassen.</numerusform>
            <numerusform>%n Läufe, die dort warten oder laufen, sind ausgelassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Back up the run history</source>
        <translation>Die Historie sichern</translation>
    </message>
    <message>
        <source>The history is backed up.</source>
        <translation>Die Historie ist gesichert.</translation>
    </message>
    <message>
        <source>%1, %2. Checkpoints are not in it.</source>
        <translation>%1, %2. Checkpoints sind nicht darin.</translation>
    </message>
    <message>
        <source>Merge another run history</source>
        <translation>Eine andere Historie zusammenführen</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) are taken in.</source>
        <translation>
            <numerusform>%n Lauf ist aufgenommen.</numerusform>
            <numerusform>%n Läufe sind aufgenommen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::LiveHeader</name>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Steps done</source>
        <translation>Fertige Schritte</translation>
    </message>
    <message>
        <source>Save a checkpoint and end; the run can be resumed later</source>
        <translation>Checkpoint speichern und beenden; der Lauf kann später fortgesetzt werden</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Updates done, of all</source>
        <translation>Fertige Updates, von allen</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>Passes over the training images</source>
        <translation>Durchgänge durch die Trainingsbilder</translation>
    </message>
    <message>
        <source>Trained</source>
        <translation>Trainiert</translation>
    </message>
    <message>
        <source>Training time, pauses left out</source>
        <translation>Trainingszeit, ohne Pausen</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Übrig</translation>
    </message>
    <message>
        <source>At the pace of the last 200 steps, evaluations included</source>
        <translation>Im Tempo der letzten 200 Schritte, mit Auswertungen</translation>
    </message>
    <message>
        <source>Images/s</source>
        <translation>Bilder/s</translation>
    </message>
    <message>
        <source>Mean of the last 50 steps</source>
        <translation>Mittel der letzten 50 Schritte</translation>
    </message>
    <message>
        <source>Data wait</source>
        <translation>Wartezeit</translation>
    </message>
    <message>
        <source>Share of the last 50 steps that was spent waiting for images. Above a few per cent, more loader workers may help.</source>
        <translation>Anteil der letzten 50 Schritte, der mit Warten auf Bilder verging. Bei mehr als wenigen Prozent können weitere Ladeprozesse helfen.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Go on with the next step</source>
        <translation>Mit dem nächsten Schritt weitermachen</translation>
    </message>
    <message>
        <source>Wait after the present step; nothing is lost</source>
        <translation>Nach diesem Schritt warten; nichts geht verloren</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::LiveNotice</name>
    <message>
        <source>Hide this message</source>
        <translation>Diese Meldung ausblenden</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::LivePage</name>
    <message>
        <source>No run yet</source>
        <translation>Noch kein Lauf</translation>
    </message>
    <message>
        <source>Loss, accuracy and the gradient of every layer are drawn here while a run is on.</source>
        <translation>Während eines Laufs werden hier Loss, Genauigkeit und der Gradient jeder Schicht gezeichnet.</translation>
    </message>
    <message>
        <source>Set up a run</source>
        <translation>Einen Lauf einrichten</translation>
    </message>
    <message>
        <source>Checkpoint at step %1</source>
        <translation>Checkpoint bei Schritt %1</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>Step %1, layer %2</source>
        <translation>Schritt %1, Schicht %2</translation>
    </message>
    <message>
        <source>Loss or gradient is not finite. %1</source>
        <translation>Loss oder Gradient ist nicht endlich. %1</translation>
    </message>
    <message>
        <source>Step %1: %2</source>
        <translation>Schritt %1: %2</translation>
    </message>
    <message>
        <source>preset %1</source>
        <translation>Vorlage %1</translation>
    </message>
    <message>
        <source>batch %1</source>
        <translation>Batch %1</translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>%1 Parameter</translation>
    </message>
    <message>
        <source>The accuracy appears when all features are computed.</source>
        <translation>Die Genauigkeit erscheint, wenn alle Merkmale berechnet sind.</translation>
    </message>
    <message>
        <source>The accuracy on the test images appears after the first epoch.</source>
        <translation>Die Genauigkeit auf den Testbildern erscheint nach der ersten Epoche.</translation>
    </message>
    <message>
        <source>kNN accuracy is switched off in this run. Set evaluation.knn_every_epochs above 0 to measure it during training.</source>
        <translation>Die kNN-Genauigkeit ist in diesem Lauf abgeschaltet. Damit sie während des Trainings gemessen wird, evaluation.knn_every_epochs über 0 setzen.</translation>
    </message>
    <message>
        <source>These images have no labels, so accuracy cannot be measured. Sort them into one folder a class (train/… and test/…), or name a labelled test set, to see kNN accuracy.</source>
        <translation>Diese Bilder haben keine Labels, daher kann keine Genauigkeit gemessen werden. Sie in einen Ordner je Klasse sortieren (train/… und test/…) oder Testbilder mit Labels angeben, um die kNN-Genauigkeit zu sehen.</translation>
    </message>
    <message>
        <source>each epoch</source>
        <translation>jede Epoche</translation>
    </message>
    <message>
        <source>every %1 epochs</source>
        <translation>alle %1 Epochen</translation>
    </message>
    <message>
        <source>kNN accuracy of the frozen features appears with the first evaluation (%1). It needs images in one folder a class.</source>
        <translation>Die kNN-Genauigkeit der eingefrorenen Merkmale erscheint mit der ersten Auswertung (%1). Dafür müssen die Bilder in einem Ordner je Klasse liegen.</translation>
    </message>
    <message>
        <source>Nearest neighbours vote: nothing is trained, so there is no loss.</source>
        <translation>Nächste Nachbarn stimmen ab: Trainiert wird nichts, daher gibt es keinen Loss.</translation>
    </message>
    <message>
        <source>The loss appears with the first step.</source>
        <translation>Der Loss erscheint mit dem ersten Schritt.</translation>
    </message>
    <message>
        <source>Nearest neighbours vote: no layer has a gradient.</source>
        <translation>Nächste Nachbarn stimmen ab: Keine Schicht hat einen Gradienten.</translation>
    </message>
    <message>
        <source>Only linear classifiers are trained, on features that stay as they are: no layer of the backbone has a gradient.</source>
        <translation>Trainiert werden nur lineare Klassifikatoren, auf Merkmalen, die bleiben, wie sie sind: Keine Schicht des Backbones hat einen Gradienten.</translation>
    </message>
    <message>
        <source>The gradient of each layer appears with the first step.</source>
        <translation>Der Gradient jeder Schicht erscheint mit dem ersten Schritt.</translation>
    </message>
    <message>
        <source>This run has recorded no accuracy.</source>
        <translation>Dieser Lauf hat keine Genauigkeit aufgezeichnet.</translation>
    </message>
    <message>
        <source>This run has recorded no loss.</source>
        <translation>Dieser Lauf hat keinen Loss aufgezeichnet.</translation>
    </message>
    <message>
        <source>This run has recorded no gradients.</source>
        <translation>Dieser Lauf hat keine Gradienten aufgezeichnet.</translation>
    </message>
    <message>
        <source>listing images</source>
        <translation>Bilder werden aufgelistet</translation>
    </message>
    <message>
        <source>waiting for other processes</source>
        <translation>wartet auf andere Prozesse</translation>
    </message>
    <message>
        <source>measuring accuracy</source>
        <translation>Genauigkeit wird gemessen</translation>
    </message>
    <message>
        <source>saving a checkpoint</source>
        <translation>Checkpoint wird gespeichert</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::LivePlots</name>
    <message>
        <source>Loss</source>
        <translation>Loss</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Gradient magnitude by layer</source>
        <translation>Größe des Gradienten je Schicht</translation>
    </message>
    <message>
        <source>on test images, %</source>
        <translation>auf Testbildern, %</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Loss, accuracy and gradients</source>
        <translation>Loss, Genauigkeit und Gradienten</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Load, memory, temperature and power of the machine during the run</source>
        <translation>Auslastung, Speicher, Temperatur und Leistung der Maschine während des Laufs</translation>
    </message>
    <message>
        <source>L2 norm</source>
        <translation>L2-Norm</translation>
    </message>
    <message>
        <source>Largest |g|</source>
        <translation>Größtes |g|</translation>
    </message>
    <message>
        <source>What counts as a layer&apos;s magnitude: the norm of its gradient, or its largest element</source>
        <translation>Was als Größe einer Schicht gilt: die Norm ihres Gradienten oder sein größtes Element</translation>
    </message>
    <message>
        <source>Gradient magnitude</source>
        <translation>Größe des Gradienten</translation>
    </message>
    <message>
        <source>Relative to usual</source>
        <translation>Relativ zum Üblichen</translation>
    </message>
    <message>
        <source>Divide each layer by its own median over the last %1 steps: 1 is usual, and a spike stands out whatever the layer&apos;s size</source>
        <translation>Jede Schicht durch ihren eigenen Median der letzten %1 Schritte teilen: 1 ist üblich, und eine Spitze fällt bei jeder Größe der Schicht auf</translation>
    </message>
    <message>
        <source>&amp;Also show</source>
        <translation>&amp;Außerdem zeigen</translation>
    </message>
    <message>
        <source>nothing else</source>
        <translation>nichts weiter</translation>
    </message>
    <message>
        <source>One more of the run&apos;s metrics, in a fourth plot</source>
        <translation>Eine weitere Metrik des Laufs, in einem vierten Diagramm</translation>
    </message>
    <message>
        <source>times the layer&apos;s own median of %1 steps</source>
        <translation>Vielfaches des Medians der Schicht über %1 Schritte</translation>
    </message>
    <message>
        <source>This run has no values of it.</source>
        <translation>Dieser Lauf hat davon keine Werte.</translation>
    </message>
    <message>
        <source>Reset layout: plots under each other. A plot is moved by its heading, beside or over another one or out of the window.</source>
        <translation>Anordnung zurücksetzen: Diagramme untereinander. Ein Diagramm wird an seiner Überschrift verschoben: neben ein anderes, darüber oder aus dem Fenster hinaus.</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::MainWindow</name>
    <message>
        <source>compared run</source>
        <translation>verglichener Lauf</translation>
    </message>
    <message>
        <source>No run is on.</source>
        <translation>Es ist kein Lauf im Gange.</translation>
    </message>
    <message>
        <source>Start the configured run</source>
        <translation>Den eingerichteten Lauf starten</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>Go on (Ctrl+P)</source>
        <translation>Weitermachen (Strg+P)</translation>
    </message>
    <message>
        <source>Pause after this step (Ctrl+P)</source>
        <translation>Nach diesem Schritt anhalten (Strg+P)</translation>
    </message>
    <message>
        <source>Save a checkpoint and stop (Ctrl+.)</source>
        <translation>Checkpoint speichern und stoppen (Strg+.)</translation>
    </message>
    <message>
        <source>The run goes on from step %1.</source>
        <translation>Der Lauf geht bei Schritt %1 weiter.</translation>
    </message>
    <message>
        <source>The run has no checkpoint yet: it starts from its first step.</source>
        <translation>Der Lauf hat noch keinen Checkpoint: Er beginnt mit dem ersten Schritt.</translation>
    </message>
    <message>
        <source>The run is being stopped.</source>
        <translation>Der Lauf wird gestoppt.</translation>
    </message>
    <message>
        <source>%1 is %2.</source>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>It can go on from its checkpoint.</source>
        <translation>Er kann von seinem Checkpoint aus weitergehen.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Close Mocoscope</source>
        <translation>Mocoscope schließen</translation>
    </message>
    <message>
        <source>&lt;b&gt;A run is on.&lt;/b&gt;</source>
        <translation>&lt;b&gt;Ein Lauf ist im Gange.&lt;/b&gt;</translation>
    </message>
    <message>
        <source>It can be stopped with a checkpoint, and resumed later.</source>
        <translation>Er kann mit einem Checkpoint gestoppt und später fortgesetzt werden.</translation>
    </message>
    <message>
        <source>&amp;Stop and close</source>
        <translation>&amp;Stoppen und schließen</translation>
    </message>
    <message>
        <source>&amp;Keep running</source>
        <translation>&amp;Weiterlaufen lassen</translation>
    </message>
    <message>
        <source>The run is being stopped. Mocoscope closes when its checkpoint is saved.</source>
        <translation>Der Lauf wird gestoppt. Mocoscope schließt sich, wenn sein Checkpoint gespeichert ist.</translation>
    </message>
    <message>
        <source>%1, on</source>
        <translation>%1, an</translation>
    </message>
    <message>
        <source>%1, off</source>
        <translation>%1, aus</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Run, %1</source>
        <translation>Lauf, %1</translation>
    </message>
    <message>
        <source>In the table of runs</source>
        <translation>In der Tabelle der Läufe</translation>
    </message>
    <message>
        <source>In a plot</source>
        <translation>In einem Diagramm</translation>
    </message>
    <message>
        <source>All runs (Ctrl+1)</source>
        <translation>Alle Läufe (Strg+1)</translation>
    </message>
    <message>
        <source>Configure</source>
        <translation>Einrichten</translation>
    </message>
    <message>
        <source>Set up a run (Ctrl+2)</source>
        <translation>Einen Lauf einrichten (Strg+2)</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Watch a run (Ctrl+3)</source>
        <translation>Einem Lauf zusehen (Strg+3)</translation>
    </message>
    <message>
        <source>Diagnose</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>See why a run went wrong (Ctrl+4)</source>
        <translation>Sehen, warum ein Lauf schiefging (Strg+4)</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Lay runs side by side (Ctrl+5)</source>
        <translation>Läufe nebeneinanderlegen (Strg+5)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;New run</source>
        <translation>&amp;Neuer Lauf</translation>
    </message>
    <message>
        <source>&amp;Load configuration…</source>
        <translation>Konfiguration &amp;laden …</translation>
    </message>
    <message>
        <source>&amp;Save configuration…</source>
        <translation>Konfiguration &amp;speichern …</translation>
    </message>
    <message>
        <source>&amp;Import runs…</source>
        <translation>Läufe &amp;importieren …</translation>
    </message>
    <message>
        <source>&amp;Find</source>
        <translation>S&amp;uchen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>S&amp;topp</translation>
    </message>
    <message>
        <source>&amp;Notify when a run ends</source>
        <translation>&amp;Melden, wenn ein Lauf endet</translation>
    </message>
    <message>
        <source>While Mocoscope is not the active window: that a run has ended, failed or paused by itself</source>
        <translation>Solange Mocoscope nicht das aktive Fenster ist: dass ein Lauf geendet hat, fehlgeschlagen ist oder von selbst angehalten hat</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Command palette…</source>
        <translation>&amp;Befehlspalette …</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Design</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>&amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;About Mocoscope</source>
        <translation>Über &amp;Mocoscope</translation>
    </message>
    <message>
        <source>No run of the sweep waits any more.</source>
        <translation>Kein Lauf des Sweeps wartet mehr.</translation>
    </message>
    <message>
        <source>“%1” is queued: %2 runs, one after another.</source>
        <translation>„%1“ ist eingereiht: %2 Läufe, einer nach dem anderen.</translation>
    </message>
    <message>
        <source>A sweep was on when Mocoscope was closed: 1 run waits.</source>
        <translation>Beim Schließen von Mocoscope war ein Sweep im Gange: 1 Lauf wartet.</translation>
    </message>
    <message>
        <source>A sweep was on when Mocoscope was closed: %1 runs wait.</source>
        <translation>Beim Schließen von Mocoscope war ein Sweep im Gange: %1 Läufe warten.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>A gradient spike has ended %1. A fork of it goes on from step %2.</source>
        <translation>Eine Gradientenspitze hat den Lauf beendet: %1. Ein Abzweig davon geht bei Schritt %2 weiter.</translation>
    </message>
    <message>
        <source>Its base learning rate is %1; roll-backs that are left: %2.</source>
        <translation>Seine Basis-Lernrate ist %1; verbleibende Rücksprünge: %2.</translation>
    </message>
    <message>
        <source>Save as cluster &amp;job…</source>
        <translation>Als Cluster-&amp;Job speichern …</translation>
    </message>
    <message>
        <source>&amp;Open history…</source>
        <translation>Historie ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>Open a run history</source>
        <translation>Eine Historie öffnen</translation>
    </message>
    <message>
        <source>Run histories (*.db)</source>
        <translation>Historien (*.db)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>S&amp;prache</translation>
    </message>
    <message>
        <source>The language changes when Mocoscope starts again.</source>
        <translation>Die Sprache wechselt, wenn Mocoscope neu gestartet wird.</translation>
    </message>
    <message>
        <source>&amp;Back up history…</source>
        <translation>Historie &amp;sichern…</translation>
    </message>
    <message>
        <source>&amp;Merge another history…</source>
        <translation>Andere Historie &amp;zusammenführen…</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::MultiplesView</name>
    <message>
        <source>Mean ± &amp;deviation</source>
        <translation>Mittel ± &amp;Abweichung</translation>
    </message>
    <message>
        <source>Each metric</source>
        <translation>Jede Metrik</translation>
    </message>
    <message>
        <source>Each run or group</source>
        <translation>Jeder Lauf oder jede Gruppe</translation>
    </message>
    <message>
        <source>What there is a plot for</source>
        <translation>Wofür es je ein Diagramm gibt</translation>
    </message>
    <message>
        <source>A plot for</source>
        <translation>Ein Diagramm für</translation>
    </message>
    <message>
        <source>The metric that all plots show</source>
        <translation>Die Metrik, die alle Diagramme zeigen</translation>
    </message>
    <message>
        <source>Metric of the plots</source>
        <translation>Metrik der Diagramme</translation>
    </message>
    <message>
        <source>Colour and group the curves by</source>
        <translation>Die Kurven nach … färben und gruppieren</translation>
    </message>
    <message>
        <source>Runs of one group share a colour</source>
        <translation>Läufe einer Gruppe teilen sich eine Farbe</translation>
    </message>
    <message>
        <source>In place of a group&apos;s runs their mean, and a band of one standard deviation of the sample</source>
        <translation>Statt der Läufe einer Gruppe ihr Mittelwert und ein Band von einer Standardabweichung der Stichprobe</translation>
    </message>
    <message>
        <source>Plots before these</source>
        <translation>Diagramme davor</translation>
    </message>
    <message>
        <source>Plots after these</source>
        <translation>Diagramme danach</translation>
    </message>
    <message>
        <source>No values</source>
        <translation>Keine Werte</translation>
    </message>
    <message>
        <source>%1 to %2 of %3 plots</source>
        <translation>%1 bis %2 von %3 Diagrammen</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::NavigationBar</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::NotesEdit</name>
    <message>
        <source>What was tried, and what came of it (Markdown)</source>
        <translation>Was versucht wurde, und was daraus wurde (Markdown)</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Click to edit</source>
        <translation>Zum Bearbeiten klicken</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::OptionGroup</name>
    <message>
        <source>Advanced (%1)</source>
        <translation>Erweitert (%1)</translation>
    </message>
    <message>
        <source>, %1 changed</source>
        <translation>, %1 geändert</translation>
    </message>
    <message>
        <source>, %1 wrong</source>
        <translation>, %1 falsch</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::ParallelPlot</name>
    <message>
        <source>%1
Drag to move the axis</source>
        <translation>%1
Ziehen verschiebt die Achse</translation>
    </message>
    <message>
        <source>Axis %1</source>
        <translation>Achse %1</translation>
    </message>
    <message>
        <source>Parallel coordinates</source>
        <translation>Parallele Koordinaten</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::ParallelView</name>
    <message>
        <source>Choose runs that differ in options: each becomes a line from axis to axis. Drag along an axis to keep only the lines that pass there.</source>
        <translation>Läufe wählen, die sich in Optionen unterscheiden: Jeder wird zu einer Linie von Achse zu Achse. Entlang einer Achse ziehen, um nur die Linien zu behalten, die dort durchgehen.</translation>
    </message>
    <message>
        <source>Drag along an axis to keep the runs that pass there, click it to keep all again; drag a title to move its axis. By keyboard: arrows go through the runs, Ctrl+Left and Ctrl+Right through the axes; Ctrl+Up and Ctrl+Down move the lower end of what is kept, Shift+Up and Shift+Down the upper end, Delete keeps all of the axis again, Home of all axes.</source>
        <translation>Entlang einer Achse ziehen behält die Läufe, die dort durchgehen, ein Klick darauf wieder alle; eine Überschrift ziehen verschiebt ihre Achse. Mit der Tastatur: Pfeile gehen durch die Läufe, Strg+Links und Strg+Rechts durch die Achsen; Strg+Auf und Strg+Ab verschieben das untere Ende des Behaltenen, Umschalt+Auf und Umschalt+Ab das obere, Entf behält wieder alle der Achse, Pos1 aller Achsen.</translation>
    </message>
    <message>
        <source>Axes ▾</source>
        <translation>Achsen ▾</translation>
    </message>
    <message>
        <source>Which options and results have an axis</source>
        <translation>Welche Optionen und Ergebnisse eine Achse haben</translation>
    </message>
    <message>
        <source>C&amp;olour</source>
        <translation>F&amp;arbe</translation>
    </message>
    <message>
        <source>Colour the lines by</source>
        <translation>Die Linien färben nach</translation>
    </message>
    <message>
        <source>Compare only these</source>
        <translation>Nur diese vergleichen</translation>
    </message>
    <message>
        <source>Take the other runs out of the comparison</source>
        <translation>Die anderen Läufe aus dem Vergleich nehmen</translation>
    </message>
    <message>
        <source>Keep all</source>
        <translation>Alle behalten</translation>
    </message>
    <message>
        <source>Take back what was dragged along the axes (Home)</source>
        <translation>Zurücknehmen, was entlang der Achsen gezogen wurde (Pos1)</translation>
    </message>
    <message>
        <source>Export ▾</source>
        <translation>Export ▾</translation>
    </message>
    <message>
        <source>%1 of %2 runs</source>
        <translation>%1 von %2 Läufen</translation>
    </message>
    <message numerus="yes">
        <source>%n runs</source>
        <translation>
            <numerusform>%n Lauf</numerusform>
            <numerusform>%n Läufe</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::PathEdit</name>
    <message>
        <source>Choose a folder</source>
        <translation>Einen Ordner wählen</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Eine Datei wählen</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>Demo</translation>
    </message>
    <message>
        <source>Use the built-in images</source>
        <translation>Die eingebauten Bilder verwenden</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::PlotLegend</name>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::PlotReadout</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::PlotToolbar</name>
    <message>
        <source>Reset view</source>
        <translation>Ansicht zurücksetzen</translation>
    </message>
    <message>
        <source>● Following</source>
        <translation>● Folgt</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Show everything and grow with the run. Zooming stops it; a double click on a plot or Home starts it again.</source>
        <translation>Alles zeigen und mit dem Lauf mitwachsen. Zoomen beendet das; ein Doppelklick auf ein Diagramm oder Pos1 beginnt es wieder.</translation>
    </message>
    <message>
        <source>Show all of the curves again (double click on a plot, or Home)</source>
        <translation>Wieder die ganzen Kurven zeigen (Doppelklick auf ein Diagramm oder Pos1)</translation>
    </message>
    <message>
        <source>X axis</source>
        <translation>X-Achse</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Horizontal axis of all plots: %1</source>
        <translation>Waagerechte Achse aller Diagramme: %1</translation>
    </message>
    <message>
        <source>&amp;Smoothing</source>
        <translation>&amp;Glättung</translation>
    </message>
    <message>
        <source>Exponential mean, drawn over the raw curve. A view only: what is stored and exported stays raw.</source>
        <translation>Exponentielles Mittel, über die rohe Kurve gezeichnet. Nur eine Ansicht: Gespeichertes und Exportiertes bleibt roh.</translation>
    </message>
    <message>
        <source>over %1 steps</source>
        <translation>über %1 Schritte</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Plots as image (SVG, PDF, PNG)…</source>
        <translation>Diagramme als Bild (SVG, PDF, PNG) …</translation>
    </message>
    <message>
        <source>Data as CSV…</source>
        <translation>Daten als CSV …</translation>
    </message>
    <message>
        <source>Images on white</source>
        <translation>Bilder auf Weiß</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::PresetChooser</name>
    <message>
        <source>Choose a starting point</source>
        <translation>Einen Ausgangspunkt wählen</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Search presets</source>
        <translation>Vorlagen suchen</translation>
    </message>
    <message>
        <source>Search the presets</source>
        <translation>Die Vorlagen durchsuchen</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>No preset contains all of these words.</source>
        <translation>Keine Vorlage enthält all diese Wörter.</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::ProjectionCard</name>
    <message>
        <source>The plane in which the features vary most (PCA of the normalised features): %1 of their variance. Turned towards the first checkpoint that was looked at.</source>
        <translation>Die Ebene, in der die Merkmale am stärksten streuen (PCA der normierten Merkmale): %1 ihrer Varianz. Zum ersten betrachteten Checkpoint hin gedreht.</translation>
    </message>
    <message>
        <source>t-SNE of the normalised features: images that are alike lie together. How far groups lie apart and how large they are means nothing. Perplexity %1.</source>
        <translation>t-SNE der normierten Merkmale: Bilder, die sich ähneln, liegen beieinander. Wie weit Gruppen auseinanderliegen und wie groß sie sind, bedeutet nichts. Perplexität %1.</translation>
    </message>
    <message>
        <source> It is lower than usual, as there are few images.</source>
        <translation> Sie ist niedriger als sonst, da es wenige Bilder sind.</translation>
    </message>
    <message>
        <source>All images of the sample</source>
        <translation>Alle Bilder der Stichprobe</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>Berechnen</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Export ▾</source>
        <translation>Export ▾</translation>
    </message>
    <message>
        <source>Export the projection</source>
        <translation>Projektion exportieren</translation>
    </message>
    <message>
        <source>Projection</source>
        <translation>Projektion</translation>
    </message>
    <message>
        <source>Projection by PCA</source>
        <translation>Projektion durch PCA</translation>
    </message>
    <message>
        <source>The plane in which the features vary most. What lies far apart here is far apart; what lies together may still be apart in a direction that is not shown.</source>
        <translation>Die Ebene, in der die Merkmale am stärksten streuen. Was hier weit auseinanderliegt, ist weit auseinander; was beieinanderliegt, kann in einer Richtung auseinanderliegen, die nicht gezeigt wird.</translation>
    </message>
    <message>
        <source>Projection by t-SNE</source>
        <translation>Projektion durch t-SNE</translation>
    </message>
    <message>
        <source>Keeps neighbours together: images that lie together have features that are alike. Distances between groups, their sizes and how they are turned mean nothing.</source>
        <translation>Hält Nachbarn beisammen: Bilder, die beieinanderliegen, haben ähnliche Merkmale. Abstände zwischen Gruppen, deren Größe und deren Drehung bedeuten nichts.</translation>
    </message>
    <message>
        <source>First direction</source>
        <translation>Erste Richtung</translation>
    </message>
    <message>
        <source>t-SNE, across</source>
        <translation>t-SNE, waagerecht</translation>
    </message>
    <message>
        <source>Second direction</source>
        <translation>Zweite Richtung</translation>
    </message>
    <message>
        <source>t-SNE, up</source>
        <translation>t-SNE, senkrecht</translation>
    </message>
    <message>
        <source>unlabelled</source>
        <translation>ohne Labels</translation>
    </message>
    <message>
        <source> The images have no labels: all dots are alike.</source>
        <translation> Die Bilder haben keine Labels: Alle Punkte sind gleich.</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::RunFiles</name>
    <message>
        <source>Export curves</source>
        <translation>Kurven exportieren</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>JSON-Zeilen (*.jsonl)</translation>
    </message>
    <message>
        <source>Folder for TensorBoard</source>
        <translation>Ordner für TensorBoard</translation>
    </message>
    <message>
        <source>Save a report</source>
        <translation>Einen Bericht speichern</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>Webseite (*.html)</translation>
    </message>
    <message>
        <source>The report is in %1.</source>
        <translation>Der Bericht steht in %1.</translation>
    </message>
    <message numerus="yes">
        <source>The curves of %n run(s) are in %1.</source>
        <translation>
            <numerusform>Die Kurven von %n Lauf stehen in %1.</numerusform>
            <numerusform>Die Kurven von %n Läufen stehen in %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Import runs</source>
        <translation>Läufe importieren</translation>
    </message>
    <message>
        <source>Curves (*tfevents* *.csv)</source>
        <translation>Kurven (*tfevents* *.csv)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Import TensorBoard&apos;s folder</source>
        <translation>Ordner von TensorBoard importieren</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) are imported.</source>
        <translation>
            <numerusform>%n Lauf ist importiert.</numerusform>
            <numerusform>%n Läufe sind importiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>They have the tag “imported”.</source>
        <translation>Schlagwort: „imported“.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::RunNotices</name>
    <message>
        <source>%1 is paused</source>
        <translation>%1 hat angehalten</translation>
    </message>
    <message>
        <source>The sweep is done</source>
        <translation>Der Sweep ist fertig</translation>
    </message>
    <message>
        <source>No run of it waits any more.</source>
        <translation>Kein Lauf davon wartet mehr.</translation>
    </message>
    <message>
        <source>%1 has failed</source>
        <translation>%1 ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1 is %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>All of its steps are done.</source>
        <translation>Alle Schritte sind getan.</translation>
    </message>
    <message>
        <source>It can go on from its checkpoint.</source>
        <translation>Er kann von seinem Checkpoint aus weitergehen.</translation>
    </message>
    <message>
        <source>A run could not be started</source>
        <translation>Ein Lauf konnte nicht gestartet werden</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::RunPanel</name>
    <message>
        <source>The selected run</source>
        <translation>Der ausgewählte Lauf</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>kNN accuracy</source>
        <translation>kNN-Genauigkeit</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Gestartet</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Geendet</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Software</source>
        <translation>Software</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Made from</source>
        <translation>Entstanden aus</translation>
    </message>
    <message>
        <source>separated by commas</source>
        <translation>durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Select a run to see its figures and notes.</source>
        <translation>Einen Lauf auswählen, um seine Kennzahlen und Notizen zu sehen.</translation>
    </message>
    <message>
        <source>%1 runs are selected.</source>
        <translation>%1 Läufe sind ausgewählt.</translation>
    </message>
    <message>
        <source>%1, in %2</source>
        <translation>%1, in %2</translation>
    </message>
    <message>
        <source>%1 (best %2)</source>
        <translation>%1 (beste %2)</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>run %1, which is deleted</source>
        <translation>Lauf %1, der gelöscht ist</translation>
    </message>
    <message>
        <source>%1 at step %2</source>
        <translation>%1 bei Schritt %2</translation>
    </message>
    <message>
        <source>, from </source>
        <translation>, aus </translation>
    </message>
    <message>
        <source>Forked from</source>
        <translation>Abgezweigt von</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>Vorfälle</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Tags that all of them have</source>
        <translation>Schlagwörter, die alle haben</translation>
    </message>
    <message>
        <source>What is added here, all of them get; what is taken away, all lose</source>
        <translation>Was hier dazukommt, bekommen alle; was weggenommen wird, verlieren alle</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::RunTableModel</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Check a run to lay it beside others on the Compare page. F2 renames it.</source>
        <translation>Einen Lauf ankreuzen, um ihn auf der Seite „Vergleichen“ neben andere zu legen. F2 benennt ihn um.</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Runs whose process died are interrupted; they can be resumed.</source>
        <translation>Läufe, deren Prozess gestorben ist, sind unterbrochen; sie können fortgesetzt werden.</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>The preset that the configuration started from</source>
        <translation>Die Vorlage, von der die Konfiguration ausging</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>Sweep</translation>
    </message>
    <message>
        <source>The sweep that the run belongs to</source>
        <translation>Der Sweep, zu dem der Lauf gehört</translation>
    </message>
    <message>
        <source>Best kNN</source>
        <translation>Bestes kNN</translation>
    </message>
    <message>
        <source>Highest kNN accuracy of the run, top 1</source>
        <translation>Höchste kNN-Genauigkeit des Laufs, Top-1</translation>
    </message>
    <message>
        <source>Last kNN</source>
        <translation>Letztes kNN</translation>
    </message>
    <message>
        <source>Newest kNN accuracy of the run, top 1</source>
        <translation>Neueste kNN-Genauigkeit des Laufs, Top-1</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>Linear</translation>
    </message>
    <message>
        <source>Linear probing, top 1: of the run itself, or of the last one that evaluated it</source>
        <translation>Linear Probing, Top-1: des Laufs selbst oder des letzten, der ihn ausgewertet hat</translation>
    </message>
    <message>
        <source>Fine-tuned</source>
        <translation>Fine-Tuning</translation>
    </message>
    <message>
        <source>Fine-tuning, top 1: of the run itself, or of the last one that evaluated it</source>
        <translation>Fine-Tuning, Top-1: des Laufs selbst oder des letzten, der ihn ausgewertet hat</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Loss</translation>
    </message>
    <message>
        <source>Newest training loss</source>
        <translation>Neuester Trainings-Loss</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Updates done, of all</source>
        <translation>Fertige Updates, von allen</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Training time, pauses left out</source>
        <translation>Trainingszeit, ohne Pausen</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Gestartet</translation>
    </message>
    <message>
        <source>Local time</source>
        <translation>Ortszeit</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Given in the panel beside the table</source>
        <translation>Im Feld neben der Tabelle vergeben</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::RunsPage</name>
    <message>
        <source>Search, or lr &gt; 1e-4 and method = byol (Ctrl+F)</source>
        <translation>Suchen, oder lr &gt; 1e-4 and method = byol (Strg+F)</translation>
    </message>
    <message>
        <source>Search the runs</source>
        <translation>Die Läufe durchsuchen</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>&amp;Archived</source>
        <translation>&amp;Archivierte</translation>
    </message>
    <message>
        <source>Show the runs of the archive too</source>
        <translation>Auch die Läufe des Archivs zeigen</translation>
    </message>
    <message>
        <source>What can be done with runs</source>
        <translation>Was mit Läufen getan werden kann</translation>
    </message>
    <message>
        <source>The run history cannot be written.</source>
        <translation>In die Historie kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>No run fits this search.</source>
        <translation>Kein Lauf passt zu dieser Suche.</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>Noch keine Läufe</translation>
    </message>
    <message>
        <source>Train a small Vision Transformer on the built-in images to see how it works: it needs nothing and takes about a minute. Or point Mocoscope at images of your own.</source>
        <translation>Einen kleinen Vision Transformer auf den eingebauten Bildern trainieren, um zu sehen, wie es geht: Dazu ist nichts nötig, und es dauert etwa eine Minute. Oder Mocoscope eigene Bilder geben.</translation>
    </message>
    <message>
        <source>Start the demo</source>
        <translation>Die Demo starten</translation>
    </message>
    <message>
        <source>Configure a run</source>
        <translation>Einen Lauf einrichten</translation>
    </message>
    <message>
        <source>Import runs…</source>
        <translation>Läufe importieren …</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>“%1” is deleted.</source>
        <translation>„%1“ ist gelöscht.</translation>
    </message>
    <message>
        <source>%1 runs are deleted.</source>
        <translation>%1 Läufe sind gelöscht.</translation>
    </message>
    <message>
        <source>Colour of the curves</source>
        <translation>Farbe der Kurven</translation>
    </message>
    <message>
        <source>Show curves</source>
        <translation>Kurven zeigen</translation>
    </message>
    <message>
        <source>Show the run on the Live page (Return)</source>
        <translation>Den Lauf auf der Seite „Live“ zeigen (Eingabe)</translation>
    </message>
    <message>
        <source>Check for comparison</source>
        <translation>Zum Vergleich ankreuzen</translation>
    </message>
    <message>
        <source>Check the selected runs, which are laid side by side (Space)</source>
        <translation>Die ausgewählten Läufe ankreuzen, die nebeneinandergelegt werden (Leertaste)</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Lay the selected runs side by side</source>
        <translation>Die ausgewählten Läufe nebeneinanderlegen</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Go on from the newest checkpoint</source>
        <translation>Vom neuesten Checkpoint aus weitermachen</translation>
    </message>
    <message>
        <source>Fork…</source>
        <translation>Abzweigen …</translation>
    </message>
    <message>
        <source>Train a new run from its newest checkpoint with other options: opens the form</source>
        <translation>Von seinem neuesten Checkpoint aus einen neuen Lauf mit anderen Optionen trainieren: öffnet das Formular</translation>
    </message>
    <message>
        <source>Use configuration</source>
        <translation>Konfiguration verwenden</translation>
    </message>
    <message>
        <source>Load its options into the form</source>
        <translation>Seine Optionen in das Formular laden</translation>
    </message>
    <message>
        <source>Export weights…</source>
        <translation>Gewichte exportieren …</translation>
    </message>
    <message>
        <source>Write the encoder for timm and other programs</source>
        <translation>Den Encoder für timm und andere Programme schreiben</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Rename the run (F2)</source>
        <translation>Den Lauf umbenennen (F2)</translation>
    </message>
    <message>
        <source>Colour…</source>
        <translation>Farbe …</translation>
    </message>
    <message>
        <source>Choose the colour of its curves</source>
        <translation>Die Farbe seiner Kurven wählen</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Stern</translation>
    </message>
    <message>
        <source>Mark the selected runs with a star, or take it off</source>
        <translation>Die ausgewählten Läufe mit einem Stern versehen oder ihn entfernen</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archivieren</translation>
    </message>
    <message>
        <source>Keep the selected runs out of the table, or bring them back</source>
        <translation>Die ausgewählten Läufe aus der Tabelle heraushalten oder zurückholen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete the selected runs (Del)</source>
        <translation>Die ausgewählten Läufe löschen (Entf)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Write the selected runs for other programs, or as a report</source>
        <translation>Die ausgewählten Läufe für andere Programme oder als Bericht schreiben</translation>
    </message>
    <message>
        <source>Curves as a table (CSV)…</source>
        <translation>Kurven als Tabelle (CSV) …</translation>
    </message>
    <message>
        <source>Curves as JSON lines…</source>
        <translation>Kurven als JSON-Zeilen …</translation>
    </message>
    <message>
        <source>Curves for TensorBoard…</source>
        <translation>Kurven für TensorBoard …</translation>
    </message>
    <message>
        <source>Report as one web page…</source>
        <translation>Bericht als eine Webseite …</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>Take in curves that other programs recorded</source>
        <translation>Kurven aufnehmen, die andere Programme aufgezeichnet haben</translation>
    </message>
    <message>
        <source>Event files of TensorBoard, or CSV…</source>
        <translation>Ereignisdateien von TensorBoard oder CSV …</translation>
    </message>
    <message>
        <source>A folder of TensorBoard…</source>
        <translation>Ein Ordner von TensorBoard …</translation>
    </message>
    <message>
        <source>Select one run.</source>
        <translation>Einen Lauf auswählen.</translation>
    </message>
    <message>
        <source>Select a run.</source>
        <translation>Einen Lauf auswählen.</translation>
    </message>
    <message>
        <source>Select two or more runs (Ctrl or Shift + click).</source>
        <translation>Zwei oder mehr Läufe auswählen (Strg oder Umschalt + Klick).</translation>
    </message>
    <message>
        <source>Remove star</source>
        <translation>Stern entfernen</translation>
    </message>
    <message>
        <source>Unarchive</source>
        <translation>Aus dem Archiv holen</translation>
    </message>
    <message>
        <source>A run is on. Stop it first.</source>
        <translation>Ein Lauf ist im Gange. Erst stoppen.</translation>
    </message>
    <message>
        <source>A selected run is on. Stop it first.</source>
        <translation>Ein ausgewählter Lauf ist im Gange. Erst stoppen.</translation>
    </message>
    <message>
        <source>Report as PDF…</source>
        <translation>Bericht als PDF …</translation>
    </message>
    <message>
        <source>Curves and files are kept until Mocoscope is closed.</source>
        <translation>Kurven und Dateien bleiben erhalten, bis Mocoscope geschlossen wird.</translation>
    </message>
    <message>
        <source>Curves and %1 of files are kept until Mocoscope is closed.</source>
        <translation>Kurven und %1 an Dateien bleiben erhalten, bis Mocoscope geschlossen wird.</translation>
    </message>
    <message>
        <source>&lt;qt&gt;Words are looked for in name, tag, note and state. Conditions compare any option, &lt;i&gt;state&lt;/i&gt;, &lt;i&gt;name&lt;/i&gt;, &lt;i&gt;tag&lt;/i&gt; or figure (&lt;i&gt;loss&lt;/i&gt;, &lt;i&gt;knn_top1&lt;/i&gt;, &lt;i&gt;best_knn_top1&lt;/i&gt;, &lt;i&gt;linear_top1&lt;/i&gt;, &lt;i&gt;finetune_top1&lt;/i&gt;, &lt;i&gt;incidents&lt;/i&gt;, &lt;i&gt;steps&lt;/i&gt;, &lt;i&gt;created&lt;/i&gt;):&lt;br&gt;&lt;b&gt;=&amp;nbsp; !=&amp;nbsp; &amp;lt;&amp;nbsp; &amp;lt;=&amp;nbsp; &amp;gt;&amp;nbsp; &amp;gt;=&amp;nbsp; ~&lt;/b&gt; (contains), joined by &lt;b&gt;and&lt;/b&gt;, &lt;b&gt;or&lt;/b&gt;, &lt;b&gt;not&lt;/b&gt;, brackets.&lt;/qt&gt;</source>
        <translation>&lt;qt&gt;Wörter werden in Name, Schlagwort, Notiz und Zustand gesucht. Bedingungen vergleichen jede Option, &lt;i&gt;state&lt;/i&gt;, &lt;i&gt;name&lt;/i&gt;, &lt;i&gt;tag&lt;/i&gt; oder Kennzahl (&lt;i&gt;loss&lt;/i&gt;, &lt;i&gt;knn_top1&lt;/i&gt;, &lt;i&gt;best_knn_top1&lt;/i&gt;, &lt;i&gt;linear_top1&lt;/i&gt;, &lt;i&gt;finetune_top1&lt;/i&gt;, &lt;i&gt;incidents&lt;/i&gt;, &lt;i&gt;steps&lt;/i&gt;, &lt;i&gt;created&lt;/i&gt;):&lt;br&gt;&lt;b&gt;=&amp;nbsp; !=&amp;nbsp; &amp;lt;&amp;nbsp; &amp;lt;=&amp;nbsp; &amp;gt;&amp;nbsp; &amp;gt;=&amp;nbsp; ~&lt;/b&gt; (enthält), verbunden durch &lt;b&gt;and&lt;/b&gt;, &lt;b&gt;or&lt;/b&gt;, &lt;b&gt;not&lt;/b&gt;, Klammern.&lt;/qt&gt;</translation>
    </message>
    <message>
        <source>All runs are in the archive: tick “Archived” to see them.</source>
        <translation>Alle Läufe sind im Archiv: „Archivierte“ ankreuzen, um sie zu sehen.</translation>
    </message>
    <message>
        <source>“%1” is archived.</source>
        <translation>„%1“ ist archiviert.</translation>
    </message>
    <message>
        <source>%1 runs are archived.</source>
        <translation>%1 Läufe sind archiviert.</translation>
    </message>
    <message>
        <source>Archived runs are kept, and shown where “Archived” is ticked.</source>
        <translation>Archivierte Läufe bleiben erhalten; „Archivierte“ zeigt sie.</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::ScatterPlot</name>
    <message>
        <source>Scatter plot</source>
        <translation>Streudiagramm</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%1 über %2</translation>
    </message>
    <message numerus="yes">
        <source>%n without such a value</source>
        <translation>
            <numerusform>%n ohne einen solchen Wert</numerusform>
            <numerusform>%n ohne einen solchen Wert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::ScatterView</name>
    <message>
        <source>Choose runs that differ in an option: each becomes a dot, the option across and what came of it upwards.</source>
        <translation>Läufe wählen, die sich in einer Option unterscheiden: Jeder wird zu einem Punkt, die Option waagerecht und das Ergebnis senkrecht.</translation>
    </message>
    <message>
        <source>log</source>
        <translation>log</translation>
    </message>
    <message>
        <source>Logarithmic axis</source>
        <translation>Logarithmische Achse</translation>
    </message>
    <message>
        <source>A&amp;cross</source>
        <translation>&amp;Waagerecht</translation>
    </message>
    <message>
        <source>&amp;Upwards</source>
        <translation>&amp;Senkrecht</translation>
    </message>
    <message>
        <source>C&amp;olour</source>
        <translation>F&amp;arbe</translation>
    </message>
    <message>
        <source>Colour the dots by</source>
        <translation>Die Punkte färben nach</translation>
    </message>
    <message>
        <source>Export ▾</source>
        <translation>Export ▾</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::ShortcutList</name>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::SpikeTableModel</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>noch nicht</translation>
    </message>
    <message>
        <source>did not follow</source>
        <translation>folgte nicht</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>sofort</translation>
    </message>
    <message>
        <source>1 step later</source>
        <translation>1 Schritt später</translation>
    </message>
    <message>
        <source>%1 steps later</source>
        <translation>%1 Schritte später</translation>
    </message>
    <message>
        <source>−%1 points at step %2</source>
        <translation>−%1 Punkte bei Schritt %2</translation>
    </message>
    <message>
        <source>Onset step</source>
        <translation>Anfang (Schritt)</translation>
    </message>
    <message>
        <source>The first step in which a layer was beyond the threshold</source>
        <translation>Der erste Schritt, in dem eine Schicht über der Schwelle lag</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>Epoch of the onset</source>
        <translation>Epoche des Anfangs</translation>
    </message>
    <message>
        <source>Began in</source>
        <translation>Begann in</translation>
    </message>
    <message>
        <source>The layer that was first; of several at once the one nearest to the images</source>
        <translation>Die Schicht, die die erste war; von mehreren zugleich die den Bildern nächste</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Layers that were reached</source>
        <translation>Schichten, die erreicht wurden</translation>
    </message>
    <message>
        <source>Peak</source>
        <translation>Größte</translation>
    </message>
    <message>
        <source>The largest of all layers, times its own running median</source>
        <translation>Der größte Wert aller Schichten, mal ihr eigener laufender Median</translation>
    </message>
    <message>
        <source>Last block</source>
        <translation>Letzter Block</translation>
    </message>
    <message>
        <source>How many iterations after the onset the last block followed</source>
        <translation>Wie viele Schritte nach dem Anfang der letzte Block folgte</translation>
    </message>
    <message>
        <source>kNN dip</source>
        <translation>kNN-Einbruch</translation>
    </message>
    <message>
        <source>How far the kNN accuracy then fell below its best</source>
        <translation>Wie weit die kNN-Genauigkeit dann unter ihr Bestes fiel</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::StatusStrip</name>
    <message>
        <source>Show this run on the Live page</source>
        <translation>Diesen Lauf auf der Seite „Live“ zeigen</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>Fortschritt des Laufs</translation>
    </message>
    <message>
        <source>No run is on</source>
        <translation>Kein Lauf im Gange</translation>
    </message>
    <message>
        <source>new run</source>
        <translation>neuer Lauf</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Stoppt</translation>
    </message>
    <message>
        <source>Stopping: %1</source>
        <translation>Stoppt: %1</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Starting: %1</source>
        <translation>Startet: %1</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>%1 images/s</source>
        <translation>%1 Bilder/s</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::SweepAxisRow</name>
    <message>
        <source>values such as %1</source>
        <translation>Werte wie %1</translation>
    </message>
    <message>
        <source>Option</source>
        <translation>Option</translation>
    </message>
    <message>
        <source>Option that changes</source>
        <translation>Option, die sich ändert</translation>
    </message>
    <message>
        <source>Values that it takes</source>
        <translation>Werte, die sie annimmt</translation>
    </message>
    <message>
        <source>Remove this option</source>
        <translation>Diese Option entfernen</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>Type a part of its name</source>
        <translation>Einen Teil ihres Namens tippen</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::SweepBar</name>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Stop the queue</source>
        <translation>Reihe anhalten</translation>
    </message>
    <message>
        <source>Compare finished</source>
        <translation>Fertige vergleichen</translation>
    </message>
    <message>
        <source>S&amp;weep</source>
        <translation>S&amp;weep</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>Sweep</translation>
    </message>
    <message>
        <source>All runs</source>
        <translation>Alle Läufe</translation>
    </message>
    <message>
        <source>%1 of %2 finished</source>
        <translation>%1 von %2 beendet</translation>
    </message>
    <message>
        <source>%1 on</source>
        <translation>%1 im Gange</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1 warten</translation>
    </message>
    <message>
        <source>%1 stopped half-way</source>
        <translation>%1 auf halbem Weg gestoppt</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 fehlgeschlagen</translation>
    </message>
    <message>
        <source>Stop the run with a checkpoint; the rest of the queue waits</source>
        <translation>Den Lauf mit einem Checkpoint stoppen; der Rest der Reihe wartet</translation>
    </message>
    <message>
        <source>No run of this sweep waits any more.</source>
        <translation>Kein Lauf dieses Sweeps wartet mehr.</translation>
    </message>
    <message>
        <source>Train the runs that wait, one after another</source>
        <translation>Die wartenden Läufe trainieren, einen nach dem anderen</translation>
    </message>
    <message>
        <source>Fewer than two runs are finished.</source>
        <translation>Weniger als zwei Läufe sind beendet.</translation>
    </message>
    <message>
        <source>Lay the finished runs side by side, with means over seeds</source>
        <translation>Die beendeten Läufe nebeneinanderlegen, mit Mitteln über Seeds</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::SweepPanel</name>
    <message>
        <source>Sweep</source>
        <translation>Sweep</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>Einrichten</translation>
    </message>
    <message>
        <source>Many runs that differ in some options, over several seeds</source>
        <translation>Viele Läufe, die sich in einigen Optionen unterscheiden, über mehrere Seeds</translation>
    </message>
    <message>
        <source>The form, with options that change</source>
        <translation>Das Formular, mit Optionen, die sich ändern</translation>
    </message>
    <message>
        <source>&amp;Runs</source>
        <translation>&amp;Läufe</translation>
    </message>
    <message>
        <source>Another option</source>
        <translation>Weitere Option</translation>
    </message>
    <message>
        <source>Each setting is trained once with each of these seeds</source>
        <translation>Jede Einstellung wird mit jedem dieser Seeds einmal trainiert</translation>
    </message>
    <message>
        <source>S&amp;eeds</source>
        <translation>S&amp;eeds</translation>
    </message>
    <message>
        <source>Na&amp;me</source>
        <translation>Na&amp;me</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Umfang</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>An option has no values, or values have no option.</source>
        <translation>Eine Option hat keine Werte, oder Werte haben keine Option.</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Einreihen</translation>
    </message>
    <message>
        <source>Queue %1</source>
        <translation>%1 einreihen</translation>
    </message>
    <message>
        <source>run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>The sweep has errors.</source>
        <translation>Der Sweep hat Fehler.</translation>
    </message>
    <message>
        <source>Store the runs and train them one after another</source>
        <translation>Die Läufe speichern und einen nach dem anderen trainieren</translation>
    </message>
    <message>
        <source>%1: %2 × %3</source>
        <translation>%1: %2 × %3</translation>
    </message>
    <message>
        <source>setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>seeds</source>
        <translation>Seeds</translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation>%1 Schritte</translation>
    </message>
    <message>
        <source>%1, %2, as measured in past runs like these</source>
        <translation>%1, %2, wie in ähnlichen früheren Läufen gemessen</translation>
    </message>
    <message>
        <source>%1; %2 for the %3 of %4 runs whose like was measured</source>
        <translation>%1; %2 für die %3 von %4 Läufen, deren Ähnliche gemessen sind</translation>
    </message>
    <message>
        <source>%1, not measured yet</source>
        <translation>%1, noch nicht gemessen</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::UndoList</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Taken back: %1</source>
        <translation>Rückgängig gemacht: %1</translation>
    </message>
    <message>
        <source>There is nothing to take back.</source>
        <translation>Es gibt nichts rückgängig zu machen.</translation>
    </message>
    <message>
        <source>Take back: %1</source>
        <translation>Rückgängig machen: %1</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::ViewGrid</name>
    <message>
        <source>As seen</source>
        <translation>Wie gesehen</translation>
    </message>
    <message>
        <source>Preview of the views</source>
        <translation>Vorschau der Ansichten</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::ViewPreviewPanel</name>
    <message>
        <source>View 1</source>
        <translation>Ansicht 1</translation>
    </message>
    <message>
        <source>View 2</source>
        <translation>Ansicht 2</translation>
    </message>
    <message>
        <source>An epoch</source>
        <translation>Eine Epoche</translation>
    </message>
    <message>
        <source>The next</source>
        <translation>Die nächste</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>Another draw: the views of the next epoch</source>
        <translation>Andere Ziehung: die Ansichten der nächsten Epoche</translation>
    </message>
    <message>
        <source>Drawing…</source>
        <translation>Wird gezeichnet …</translation>
    </message>
    <message>
        <source>There are no images to be shown.</source>
        <translation>Es gibt keine Bilder zu zeigen.</translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::WeightsExport</name>
    <message>
        <source>Export weights</source>
        <translation>Gewichte exportieren</translation>
    </message>
    <message>
        <source>Weights with timm’s names (*.safetensors)</source>
        <translation>Gewichte mit den Namen von timm (*.safetensors)</translation>
    </message>
    <message>
        <source>The weights of “%1” at step %2 are in %3.</source>
        <translation>Die Gewichte von „%1“ bei Schritt %2 stehen in %3.</translation>
    </message>
    <message>
        <source>timm has no such model; the names are those of the authors’ code.</source>
        <translation>timm hat kein solches Modell; die Namen sind die des Codes der Autoren.</translation>
    </message>
    <message>
        <source>In timm: %1, with the arguments in the file’s metadata.</source>
        <translation>In timm: %1, mit den Argumenten in den Metadaten der Datei.</translation>
    </message>
</context>
</TS>
